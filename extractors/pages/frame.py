"""From PDF user space to the reading frame."""

import pypdfium2

from extractors.pages.page import Box

Matrix = tuple[float, float, float, float, float, float]  # a b c d e f, ISO 32000-1, 8.3.3
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def moved_point(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where `matrix` takes the point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def after(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that applies `first`, then `then`."""
    a, b, c, d, e, f = first
    return (
        *(a * then[0] + b * then[2], a * then[1] + b * then[3]),
        *(c * then[0] + d * then[2], c * then[1] + d * then[3]),
        *moved_point(then, e, f),
    )


def shown_area(page: pypdfium2.PdfPage) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of what is shown of `page`, whichever corners its boxes name, of
    its own or inherited; the whole page where its /CropBox leaves nothing of it."""
    left, bottom, right, top = page.get_bbox()
    if left < right and bottom < top:
        return left, bottom, right, top
    x0, y0, x1, y1 = page.get_mediabox()
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


class Frame:
    """From PDF user space to the page turned clockwise by its /Rotate and `turn` more degrees."""

    def __init__(self, page: pypdfium2.PdfPage, turn: int) -> None:
        left, bottom, right, top = shown_area(page)
        self.turn = turn
        degrees = (page.get_rotation() + turn) % 360
        across = degrees in (90, 270)
        self.width, self.height = (
            (top - bottom, right - left) if across else (right - left, top - bottom)
        )
        matrices: dict[int, Matrix] = {
            0: (1, 0, 0, -1, -left, top),
            90: (0, 1, 1, 0, -bottom, -left),
            180: (-1, 0, 0, 1, right, -bottom),
            270: (0, -1, -1, 0, top, right),
        }
        self.matrix = matrices[degrees]
        self.upright = -degrees % 360  # the angle of text that reads straight
        self.along = {-turned % 360: matrix for turned, matrix in matrices.items()}

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        a, b, c, d, e, f = self.matrix
        x0, y0 = a * left + c * bottom + e, b * left + d * bottom + f
        x1, y1 = a * right + c * top + e, b * right + d * top + f
        if x1 < x0:
            x0, x1 = x1, x0
        if y1 < y0:
            y0, y1 = y1, y0
        return Box(x0, y0, x1, y1)
