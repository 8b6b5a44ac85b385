"""Scans in black and white that show shades by dots, as a newspaper does: the shades instead."""

from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from extractors.scans.bitmap import Bitmap, Grey, as_grey, halved
from extractors.scans.cleaning import DARK, SOFT

DOT = 0.9  # points: no larger than a dot
BESIDE = 2.7  # points: side of a square around a dot with white in it, between the dots
WHITE = 240  # at least: in a shadow, the grain of the paper makes dots as dark, on grey
MANY = 2000  # dots on a page that shows shades by them, at least, and thrice its letters
FINE = 30_000  # dots too fine to be seen at half the size, at least, and twenty times its letters
PATCH = 12.0  # points: side of a square of which the dots are counted
TEXT = 7  # such squares along a line of text, whose letters hide the dots
DENSE, PATCHES = 20, 20  # dots that crowd in one, at least; such squares, at least
BROAD = 1.5  # points over which they make an even shade
LETTER = 9.0  # points: no stroke of a letter is as wide
BAND = 12.0, 36.0  # points: height and width of the least band behind light letters
BAND_SHADE = 160  # it is darker
RIPPLE = 60  # shades by which the dots still show when smoothed
DEEPER = 50  # shades by which a band is made darker, so that nobody doubts it

Mask = npt.NDArray[np.bool_]


def descreened(bitmap: Bitmap) -> Bitmap:
    """`bitmap` with even shades where dots were; as it is, where there are few."""
    dotted = _dotted(bitmap)
    if not dotted.any():
        return bitmap
    point = bitmap.scale / 4  # on a picture a quarter of the size
    soft = cv2.GaussianBlur(bitmap.grey, (0, 0), SOFT * bitmap.scale).astype(np.uint8)
    small = cv2.resize(soft, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    letter = _block(LETTER, LETTER, point)
    even = cv2.GaussianBlur(small, (0, 0), BROAD * point)
    shade = cv2.morphologyEx(even, cv2.MORPH_OPEN, letter)
    dark = cv2.morphologyEx(
        (shade < BAND_SHADE).astype(np.uint8), cv2.MORPH_OPEN, _block(*BAND, point)
    )
    paper = cv2.GaussianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, letter), (0, 0), 2 * point)
    height, width = soft.shape
    band, behind, light = (
        cv2.resize(part, (width, height), interpolation=cv2.INTER_LINEAR).astype(np.int16)
        for part in (dark, shade, paper)
    )
    in_band = np.where(soft > (behind + 255) // 2, soft, np.maximum(0, behind - DEEPER))
    elsewhere = np.where(soft > light - RIPPLE, light, soft)
    shades = np.where(band > 0, in_band, elsewhere)
    return replace(bitmap, grey=np.where(dotted, shades, bitmap.grey).astype(np.uint8))


def _dotted(bitmap: Bitmap) -> Mask:
    """Where dots show the shades of `bitmap`: all over it, or in parts such as the head of a table,
    and a little around them."""
    dots, letters = _dots(halved(bitmap.grey), bitmap.scale / 2)
    if len(dots) >= max(MANY, 3 * letters):
        return np.ones(bitmap.grey.shape, np.bool_)
    fine, letters = _dots(bitmap.grey, bitmap.scale)
    if len(fine) >= max(FINE, 20 * letters):
        return np.ones(bitmap.grey.shape, np.bool_)
    height, width = bitmap.grey.shape
    patch = PATCH * bitmap.scale
    rows, columns = (np.arange(length) // patch for length in (height, width))
    crowds = np.zeros((int(rows[-1]) + 1, int(columns[-1]) + 1), np.int32)
    np.add.at(crowds, tuple((2 * dots[:, ::-1] // patch).astype(int).T), 1)
    dense = as_grey(crowds >= DENSE)
    if dense.sum() < PATCHES:
        return np.zeros((height, width), np.bool_)
    whole = cv2.morphologyEx(dense, cv2.MORPH_CLOSE, np.ones((1, TEXT), np.uint8))
    around = cv2.dilate(whole, np.ones((3, 3), np.uint8)) > 0
    return np.asarray(around[np.ix_(rows.astype(int), columns.astype(int))])


def _dots(picture: Grey, point: float) -> tuple[npt.NDArray[np.float64], int]:
    """The middles of the dots in `picture`, dark on white, and how many other parts its ink has."""
    mask = (picture < DARK).astype(np.uint8)
    _, _, stats, middles = cv2.connectedComponentsWithStats(mask, connectivity=4)
    sizes = stats[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1, initial=0)
    small = sizes < DOT * point
    dots = middles[1:][small]
    columns, rows = dots.astype(int).T
    on_white = cv2.dilate(picture, _block(BESIDE, BESIDE, point))[rows, columns] >= WHITE
    return dots[on_white], int((~small).sum())


def _block(height: float, width: float, point: float) -> Grey:
    return np.ones((round(height * point) | 1, round(width * point) | 1), np.uint8)
