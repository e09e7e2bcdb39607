"""Reading, checking and writing tables: XLSX, ODS and CSV."""
