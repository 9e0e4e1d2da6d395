"""Reports: values in, a PDF and charts out. The only place that knows reportlab. It shows figures and makes none."""
