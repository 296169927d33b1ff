"""AsciiDoc, as Asciidoctor and Metanorma publish it."""
