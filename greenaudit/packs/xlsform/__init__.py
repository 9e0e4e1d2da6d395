"""Checklists as XLSForm workbooks, the form that ODK, KoboToolbox and Survey123 share: read, and written back."""

from greenaudit.packs.xlsform.building import Imported
from greenaudit.packs.xlsform.importing import import_workbook
from greenaudit.packs.xlsform.notes import NotCarried

__all__ = ["Imported", "NotCarried", "import_workbook"]
