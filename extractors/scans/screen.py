"""Scans in black and white that show shades by dots, as a newspaper does: the shades instead."""

from dataclasses import replace

import cv2
import numpy as np

from extractors.scans.bitmap import Bitmap, Grey, halved
from extractors.scans.cleaning import DARK, SOFT

DOT = 0.9  # points: no larger than a dot
MANY = 2000  # dots on a page that shows shades by them, at least, and thrice its letters
FINE = 30_000  # dots too fine to be seen at half the size, at least, and twenty times its letters
BROAD = 1.5  # points over which they make an even shade
LETTER = 9.0  # points: no stroke of a letter is as wide
BAND = 12.0, 36.0  # points: height and width of the least band behind light letters
BAND_SHADE = 160  # it is darker
RIPPLE = 60  # shades by which the dots still show when smoothed
DEEPER = 50  # shades by which a band is made darker, so that nobody doubts it


def descreened(bitmap: Bitmap) -> Bitmap:
    """`bitmap` with even shades where dots were; as it is, where there are few."""
    if not (
        _has_dots(halved(bitmap.grey), bitmap.scale / 2, MANY, 3)
        or _has_dots(bitmap.grey, bitmap.scale, FINE, 20)
    ):
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
    return replace(bitmap, grey=np.where(band > 0, in_band, elsewhere).astype(np.uint8))


def _has_dots(picture: Grey, point: float, least: int, times: int) -> bool:
    """Are there as many dots, and as many `times` the letters?"""
    mask = (picture < DARK).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    sizes = stats[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1, initial=0)
    dots = int((sizes < DOT * point).sum())
    return dots >= max(least, times * (int(sizes.size) - dots))


def _block(height: float, width: float, point: float) -> Grey:
    return np.ones((round(height * point) | 1, round(width * point) | 1), np.uint8)
