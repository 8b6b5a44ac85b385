"""Which way up a page is: how its lines run, and where the tails of its letters point."""

import cv2
import numpy as np

from extractors.scans.bitmap import Bitmap, halved, odd, runs_sideways, straightened, turned
from extractors.scans.cleaning import DARK, cleaned
from extractors.scans.tesseract import BLOCK, cropped, recognise
from extractors.scans.tokens import LEGIBLE, confidence_of
from normalizers.french import is_french

STRIP = 60.0  # points: height of the part of a page that is read on trial
LETTER = 2.0, 16.0  # points: the least and the greatest height of letters
PAPER_REACH = 9.0  # points within which there is paper
DARKER = 20  # shades by which ink is darker than around it
TALLER = 1.25, 1.75  # times the height of most letters: one with a stem above or a tail below
LEVEL = 0.2  # of that height: what is level with another letter differs no more
NEAR = 0.8  # of that height from it stands the letter beside it, at most
FEWEST = 20  # such letters tell which way up a page is
MOST_ASKED = 500  # of them
SHORT = 2  # letters: words as short are read in anything
TAILS = 1.5  # times as many tails as stems are on a page upside down, at least


def upright(bitmap: Bitmap) -> Bitmap:
    """`bitmap` turned by the quarters that make its text legible, as far as it shows without being
    read; where it may be another way up, a strip of it is read on trial."""
    if runs_sideways(bitmap):
        ways: tuple[int, ...] = (0, 90, 270)
    elif stands_on_its_head(bitmap):
        ways = (0, 180)
    else:
        return bitmap
    return max((turned(bitmap, degrees) for degrees in ways), key=_legibility)


def turned_elsewhere(bitmap: Bitmap) -> Bitmap:
    """`bitmap`, which is hardly legible as it is, turned the way in which a strip of it is most."""
    return max((turned(bitmap, degrees) for degrees in (90, 180, 270)), key=_legibility)


def stands_on_its_head(bitmap: Bitmap) -> bool:
    """Do more letters reach below their line than above it? In French, stems, capitals and figures
    are thrice as many as tails."""
    small, point = halved(bitmap.grey), bitmap.scale / 2
    ink = cv2.adaptiveThreshold(
        small,
        1,
        cv2.ADAPTIVE_THRESH_MEAN_C,
        cv2.THRESH_BINARY_INV,
        odd(PAPER_REACH * point),
        DARKER,
    )
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    heights = stats[1:, cv2.CC_STAT_HEIGHT]
    letters = stats[1:][(heights >= LETTER[0] * point) & (heights <= LETTER[1] * point)]
    if len(letters) < FEWEST:
        return False
    left, top, width, height = letters[:, :4].T
    usual = float(np.median(height))
    tall = np.flatnonzero((height >= TALLER[0] * usual) & (height <= TALLER[1] * usual))
    tall = tall[:: len(tall) // MOST_ASKED + 1, None]
    plain = np.flatnonzero(np.abs(height - usual) <= LEVEL * usual)
    right, bottom = left + width, top + height
    gap = np.maximum(left[tall] - right[plain], left[plain] - right[tall])
    over, under = top[plain] - top[tall], bottom[tall] - bottom[plain]
    beside, slack = gap <= NEAR * usual, LEVEL * usual
    stems = (beside & (np.abs(under) <= slack) & (over > slack)).any(axis=1)
    tails = (beside & (np.abs(over) <= slack) & (under > slack)).any(axis=1)
    told = int((stems ^ tails).sum())
    return told >= FEWEST and bool((tails & ~stems).sum() >= TAILS * (stems & ~tails).sum())


def _legibility(bitmap: Bitmap) -> tuple[int, float]:
    """Letters of the French words that are read with confidence in the strip of the page that holds
    most ink, and the mean confidence there: rules and small print upside down may have more."""
    ink, _ = cleaned(straightened(bitmap))
    height = round(STRIP * bitmap.scale)
    weight = np.convolve((ink < DARK).sum(axis=1), np.ones(height), mode="valid")
    top = int(weight.argmax()) if weight.size else 0
    (lines,) = recognise([cropped(ink, (0, top, ink.shape[1], top + height))], BLOCK, bitmap.scale)
    words = [token.text for line in lines for token in line if token.confidence >= LEGIBLE]
    french = [word for word in words if len(word) > SHORT and is_french(word.strip(".,;:()"))]
    return sum(map(len, french)), confidence_of(lines)
