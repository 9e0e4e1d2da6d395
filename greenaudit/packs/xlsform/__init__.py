"""Checklists as XLSForm workbooks, the form that ODK, KoboToolbox and Survey123 share: read, and written back."""

from greenaudit.packs.xlsform.building import FormError, Imported
from greenaudit.packs.xlsform.exporting import export_workbook
from greenaudit.packs.xlsform.importing import import_workbook
from greenaudit.packs.xlsform.notes import NotCarried

__all__ = ["FormError", "Imported", "NotCarried", "export_workbook", "import_workbook"]
