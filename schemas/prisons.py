"""The region that each prison stands in: one of the regions of England (Office for National Statistics) or Wales, by
the prison's id, three capitals.

Ids: the prison register of HM Prison and Probation Service, closed prisons among them, since their movements are told.
Regions: assumed, from common knowledge of where each prison stands; no list was found that says it. A prison does not
move, so a region holds on every day. High Down and Downview, on the border of London and Surrey, and prisons that
opened in the last years are left out: nothing is guessed, and `casestream reference load prisons` may say it (column
`region`).
"""

from collections.abc import Mapping
from typing import Final

_BY_REGION: dict[str, str] = {
    "North East": "AKI CSI DMI DTI FKI HHI KVI LNI NLI",
    "North West": "ACI BCI FBI GHI HII HVI KMI KTI LAI LFI LPI MRI PNI RSI STI TCI WMI",
    "Yorkshire and The Humber": "AGI DNI EVI FNI HDI HLI HMI LEI LHI MDI NHI NNI WDI WEI WOI WYI",
    "East Midlands": "AWI FHI GPI GTI LCI LGI LII MHI NMI NSI ONI RHI RNI SKI SUI WBI WTI",
    "West Midlands": "BKI BMI BSI BTI DGI DHI FSI HEI HGI LLI OWI SFI SHI SNI SYI WNI",
    "East of England": "BDI BFI BRI BUI CDI HBI HPI LTI MTI NEI NWI PBI PFI WII WLI WRI",
    "London": "BAI BXI FMI HYI ISI LMI PVI TSI WSI WWI",
    "South East": (
        "ALI AYI BHI BNI BZI CHI CKI CLI CYI DVI EHI ESI EYI FDI GNI HCI HRI IWI LWI MSI MWI PKI PTI RCI RDI SDI SLI"
        " SPI WCI WHI"
    ),
    "South West": "ASI BLI CWI DAI DRI EEI EWI EXI GLI GMI LYI PDI SMI VEI WAI",
    "Wales": "BWI CFI PRI SWI UKI UPI",
}

PRISON_REGIONS: Final[Mapping[str, str]] = {
    prison: region for region, prisons in _BY_REGION.items() for prison in prisons.split()
}
"""The name of the region by the prison's id."""
