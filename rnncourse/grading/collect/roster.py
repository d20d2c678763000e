"""Match names in a download to the roster: exactly, by a unique fuzzy match, or not at all."""

import re
import unicodedata
from dataclasses import dataclass

from rapidfuzz import fuzz

from rnncourse.authoring.errors import CourseError
from rnncourse.grading.collect.class_list import read_list

ALIKE, APART = 80.0, 10.0
"""A guess: at least so alike (of 100), and by so much more alike than to any other student."""
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"})


class NoMatchError(Exception):
    """A name that means nobody, or more than one; the message says which, and `students` who may be meant."""

    def __init__(self, message, students=()):
        super().__init__(message)
        self.students = tuple(students)


@dataclass(frozen=True)
class Match:
    """Who is meant, and how that is known; `guess` if not by an exact match."""

    student: str
    how: str
    guess: bool = False


def plain_letters(text):
    """Split a name into words without case, accents and punctuation: "Łukasz O'Neil" gives ["lukasz", "oneil"]."""
    text = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return re.findall(r"\w+", re.sub(r"['’`.]", "", text).replace("_", " "))


def turned(words):
    """Join a name from each of its words on, in one piece: "Ada King" is "adaking" and "kingada"."""
    return {"".join(words[start:] + words[:start]) for start in range(len(words))}


def usable(student):
    """Tell why an identifier cannot name a student's folder, if it cannot."""
    if not student or student != student.strip() or student.startswith(".") or len(student.encode("utf-8")) > 200:
        return "is empty, begins with a point, has spaces around it or is too long"
    if any(unicodedata.category(letter) in ("Cc", "Cs", "Cf") or letter in "/\\*?[]" for letter in student):
        return "has a character that a folder's name may not have"
    return None


class AsNamed:
    """Where there is no list, a student is who the file says it is."""

    ids, rows, path = (), (), None

    def match(self, claim):
        """Take the student for the one who is named."""
        why = usable(claim.named)
        if why:
            raise NoMatchError(f"{claim.named!r} {why}; give a list of the students with --students")
        return Match(claim.named, "as named")

    def knows(self, text):
        """Say no: without a list nobody is known."""
        return False


class Students:
    """A list of the class.

    Parameters
    ----------
    path : path
        A CSV file, of which `read_list` says more.
    guess : bool
        Whether a name that is spelt otherwise may be matched.

    Attributes
    ----------
    rows : list of dict
        Of `read_list`.

    Raises
    ------
    CourseError
        If the list cannot be used; the message says why.
    """

    def __init__(self, path, guess=True):
        self.path, self.rows = path, read_list(path)
        self._guess, self._names = guess, {}
        self._keys = {"id": {}, "email": {}, "lms": {}, "name": {}}
        for number, row in enumerate(self.rows, 2):
            student = row["id"]
            why = usable(student) or ("is there twice" if student in self._names else None)
            if why:
                raise CourseError(f"{path}, line {number}: the id {student!r} {why}")
            self._names[student] = plain_letters(row["name"])
            self._note("id", [student], student)
            self._note("email", [row["email"], row["email"].partition("@")[0]], student)
            self._note("lms", row["lms"].values(), student)
            self._note("name", turned(self._names[student]), student)
        self.ids = tuple(self._names)

    def _note(self, kind, texts, student):
        """Add what a student may be called to the keys of a kind."""
        for text in texts:
            if text.strip():
                self._keys[kind].setdefault(text.strip().casefold(), set()).add(student)

    def knows(self, text):
        """Tell whether a name means somebody, or more than one, exactly."""
        try:
            return self._exact([text]) is not None
        except NoMatchError:
            return True

    def match(self, claim):
        """Find the student whom a claim means.

        Raises
        ------
        NoMatchError
            If it is nobody, or may be more than one.
        """
        number = claim.user if claim.system == "Canvas" else ""
        found = self._by_number(number) or self._exact(claim.names)
        if found is None and self._guess:
            found = self._alike(claim.named)
        if found is None:
            raise NoMatchError(f"nobody on the list is called {claim.named!r}")
        return found

    def _by_number(self, number):
        """Match a system's own number in the lms columns only: an id may be the same number by chance."""
        meant = self._keys["lms"].get(number, ()) if number else ()
        return Match(next(iter(meant)), "lms") if len(meant) == 1 else None

    def _exact(self, names):
        """Match the first of some names that means somebody; raise `NoMatchError` where it means more than one."""
        for name in names:
            pieces = {"name": turned(plain_letters(name))}
            for kind, keys in self._keys.items():
                meant = set().union(*(keys.get(piece, ()) for piece in pieces.get(kind, {name.strip().casefold()})))
                if len(meant) > 1:
                    which = " or ".join(sorted(meant))
                    raise NoMatchError(f"{name!r} may be {which}; an lms column can tell which", sorted(meant))
                if meant:
                    return Match(meant.pop(), kind)
        return None

    def _alike(self, name):
        """Match the only student whose name is much like this one."""
        words = plain_letters(name)
        if len("".join(words)) < 5 or any(letter.isdecimal() for letter in "".join(words)):
            return None
        scores = sorted(((_likeness(words, theirs), student) for student, theirs in self._names.items()), reverse=True)
        best, student = scores[0]
        if best < ALIKE:
            return None
        close = sorted(other for score, other in scores if score > best - APART)
        if len(close) > 1:
            raise NoMatchError(f"{name!r} is much like the names of {' and '.join(close)}", close)
        return Match(student, f"alike, {best:.0f} %", guess=True)


def _likeness(words, theirs):
    """Measure how alike two names are, from 0 to 100, whatever the order of their words."""
    whole = "".join(words)
    pieces = max((fuzz.ratio(whole, piece) for piece in turned(theirs)), default=0.0)
    return max(pieces, fuzz.token_sort_ratio(" ".join(words), " ".join(theirs)))
