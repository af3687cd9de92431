"""thidua: scanned Vietnamese emulation plans become restored text and structured, traceable campaign records."""
