"""Pages as images: drawn, and read by Tesseract (OCR) where it is installed."""
