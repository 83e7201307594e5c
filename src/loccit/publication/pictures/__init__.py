"""Pictures that read faster than words: values in, SVG and the same values as a table out."""

from loccit.publication.pictures.bands import Band, bands_picture
from loccit.publication.pictures.by_year import Dot, by_year_picture
from loccit.publication.pictures.editions import EditionMark, editions_picture
from loccit.publication.pictures.picture import Picture
from loccit.publication.pictures.sides import SideMark, sides_picture

__all__ = [
    "Band",
    "Dot",
    "EditionMark",
    "Picture",
    "SideMark",
    "bands_picture",
    "by_year_picture",
    "editions_picture",
    "sides_picture",
]
