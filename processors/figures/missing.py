"""Why there is no figure: exactly three reasons, in the words of the CJS Delivery Data Dashboard (data quality note,
November 2022, page 8). A figure that is missing is never drawn as nought."""

from typing import Final

SUPPRESSED: Final = "Suppressed due to low volumes"
NO_DATA: Final = "No data to calculate this field"
NOT_AVAILABLE: Final = "Data not available"

REASONS: Final = (SUPPRESSED, NO_DATA, NOT_AVAILABLE)
"""Suppressed: a small number that might tell of a person. No data: nothing to divide by. Not available: the source did
not supply it."""
