"""A picture of words, with which a text recognition is tried."""

from PIL import Image, ImageDraw, ImageFont

WORDS = "The quay is long."


def picture() -> bytes:
    """Return `WORDS` in black on white, as a gray PNM."""
    image = Image.new("L", (700, 160), 255)
    ImageDraw.Draw(image).text((40, 40), WORDS, fill=0, font=ImageFont.load_default(64))
    return b"P5 %d %d 255\n%s" % (image.width, image.height, image.tobytes())
