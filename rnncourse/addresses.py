"""Tell where the course lives: the repository and the book, as the installed package knows them."""

from importlib import metadata


def project_address(label):
    """Find an address that pyproject.toml names under `[project.urls]`.

    Parameters
    ----------
    label : str
        "Repository" or "Book".

    Returns
    -------
    address : str or None
        None where the package is not installed, or names no such address.
    """
    try:
        entries = metadata.metadata("rnncourse").get_all("Project-URL") or []
    except metadata.PackageNotFoundError:
        return None
    addresses = dict(map(str.strip, entry.split(",", 1)) for entry in entries)
    return addresses.get(label)
