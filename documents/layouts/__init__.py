"""How papers look. Each layout turns plain data (`documents.letter`) into HTML; `documents.rendering` prints it."""
