"""The checklists of this device: read in three languages side by side, edit a draft, publish."""
