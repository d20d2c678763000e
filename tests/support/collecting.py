"""Make downloads as learning-management systems do, for tests of collecting."""

import zipfile

NAME = "ps1_forward"
LIST = """id,first_name,last_name,email,lms_user_id
ada,Ada,Lovelace,ada.l@uni.edu,4001
bela,Béla,Bartók,bela@uni.edu,4002
chen,Chen,Wei,chen.wei@uni.edu,4003
oneil,Seán,O'Neil,sean@uni.edu,4004
lukasz,Łukasz,Müller,lukasz@uni.edu,4005
anna,Anna,Smith,anna@uni.edu,4006
anne,Anne,Smith,anne@uni.edu,4007
"""


def write(folder, files):
    """Write files, given by path; a value is text or bytes."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def zipped(path, files, day=1):
    """Make a zip file; names are str or ZipInfo."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items() if isinstance(files, dict) else files:
            info = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name, (2026, 1, day, 12, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return path
