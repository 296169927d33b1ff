"""Text recognition (OCR): pages that are images are drawn, and Tesseract reads them where it is installed."""
