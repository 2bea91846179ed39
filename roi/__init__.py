"""Engineering ROI: what software teams cost, what their work returned, and how sure we are."""

__version__ = "0.1.0"
