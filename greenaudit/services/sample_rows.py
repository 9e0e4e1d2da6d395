"""What the sample visit's assessor wrote into tables: a small paint and plating shop in Saltillo, all invented.

Written as in a workbook: the columns' ids on the first line, a row a line, an empty cell where nothing was written.
"""

from __future__ import annotations

Cells = dict[str, str]


def _rows(sheet: str) -> tuple[Cells, ...]:
    """A sheet as rows of filled cells."""
    head, *lines = ([cell.strip() for cell in line.split("|")] for line in sheet.strip().splitlines())
    return tuple({name: text for name, text in zip(head, line, strict=True) if text} for line in lines)


ROWS: dict[str, tuple[Cells, ...]] = {
    "FOUN-PRO-01": _rows("""
country|region|municipality|industry_code|products|customers|employees|shifts|hours|floor_area|good_parts|part_unit|currency|baseline_year|floor_languages
mx|Coahuila|Saltillo|332810|Soportes y herrajes estampados, con e-coat o cincado|Norwood Motors y dos proveedores Tier 1|from_50|3|6120|7800|4200000|pieza|mxn|2025|Español
"""),
    "CHEM-INV-01": _rows("""
product|supplier|area|use|cas|state|max_on_site|yearly_use|basis|container|hazards|sds_date|sds_languages|storage_group|becomes_waste|density|voc|halogenated|flash_point|price
Tíner acrílico 210|Solventes Saltillo|Cabina de retoque|Diluir y limpiar pistolas|Mezcla: 108-88-3, 67-64-1|liquid|1200|9400|purchase|Tambor 200 L|Inflamable 2, irritante, STOT|2024-03-18|es|Inflamables|Solvente gastado|0.83|830|no|4|38
Esmalte poliuretano negro|Recubrimientos MX|Cabina de retoque|Retoque de piezas|Mezcla: 1330-20-7, 28182-81-2|liquid|480|3650|purchase|Cubeta 19 L|Inflamable 3, sensibilizante|2023-11-06|es, en|Inflamables|Natas de pintura|1.12|420|no|27|142
Sal de cromo trivalente|Química Galvánica|Línea de cincado|Pasivado|7789-02-8|liquid|600|5200|purchase|Porrón 50 L|Irritante, acuático crónico|2022-06-30|es|Corrosivos|Lodos de planta de tratamiento|1.25||no||64
Ácido clorhídrico 32 %|Ácidos del Norte|Línea de cincado|Decapado|7647-01-0|liquid|1500|21800|measured|IBC 1,000 L|Corrosivo 1B, STOT|2024-01-22|es|Ácidos|Baño agotado|1.16||no||7.5
Percloroetileno|Solventes Saltillo|Mantenimiento|Desengrase de herramental|127-18-4|liquid|200|640|estimate|Tambor 200 L|Carcinógeno 2, acuático 2|2021-09-14|en|Halogenados|Solvente gastado halogenado|1.62|1620|yes||71
"""),
    "WAST-BAS-01": _rows("""
stream|birth|state|class|national_code|quantity|basis|generation|interval|container|route|carrier|final_site|permit|permit_expiry|cost|composition|moisture|oldest|distance
Solvente gastado|Cabina de retoque|liquid|hazardous|S1|6900|weighed|steady||Tambor 200 L|recycling|Transportes Ramos|Recicladora Ramos Arizpe|05-27-PS-II-11|2027-04-30|48300|Tíner con 8 % de sólidos de pintura||2026-08-11|18
Lodos de planta de tratamiento|Tratamiento de aguas|sludge|hazardous|O1|31200|weighed|batch|14|Tolva 6 m³|landfill|Transportes Ramos|Confinamiento de Mina|19-39-PS-VII-03|2026-12-15|171600|Hidróxidos de zinc y hierro|72|2026-09-02|96
Natas de pintura|Cabina de e-coat|sludge|hazardous|RP 7/07|4100|invoiced|batch|30|Tambor 200 L|energy|Transportes Ramos|Coprocesamiento en cementera|05-30-PS-IV-02|2027-02-28|36900|Resina epóxica y agua|55|2026-07-21|140
Rebaba y recorte de acero|Prensas|solid|special|RME-01|412000|weighed|steady||Góndola 20 m³|recycling|Aceros y Fletes|Fundición en Monclova|COA-RME-118|2028-01-31|-1854000|Acero bajo carbono, con aceite|||195
Cartón y tarima|Almacén|solid|special|RME-04|58000|estimate|steady||Fardo 300 kg|recycling|Papelera Norte|Papelera en Monterrey|COA-RME-074|2027-06-30|-52200|Cartón limpio; tarima rota aparte|||85
"""),
    "WAST-EXC-01": _rows("""
stream|direction|amount|regularity|partial|composition|contaminants|packaging|route_today|cost_today|price_idea|hauler|region_only
Solvente gastado|offered|6.9|intervals|yes|Tíner acrílico, 8 % de sólidos|Pigmentos sin plomo|Tambor 200 L|Reciclaje|7000|1500|user|Sureste de Coahuila
Tarima de madera rota|offered|22|steady|yes|Pino sin tratar|Clavos|A granel|Relleno sanitario|650|0|user|Sureste de Coahuila
Tambor metálico de 200 L lavado|wanted|9|intervals|yes|Tapa abierta, sin abolladuras||||||plant|Sureste de Coahuila
"""),
    "ENER-MGT-01": _rows("""
carrier|account|from|to|quantity|unit|cost|currency|peak|peak_unit|power_factor|rate_code|on_peak|mid_peak|off_peak|supplier|production
electricity|Servicio 512 980 114|2026-07-01|2026-07-31|412600|kwh|961350|mxn|1012|kw|0.93|GDMTH|49500|239300|123800|CFE|361000
electricity|Servicio 512 980 114|2026-08-01|2026-08-31|405100|kwh|948900|mxn|998|kw|0.94|GDMTH|48600|235000|121500|CFE|352000
natural_gas|Medidor 3307|2026-07-01|2026-07-31|1930|gj|341600|mxn||||||||Gas del Norte|361000
natural_gas|Medidor 3307|2026-08-01|2026-08-31|1875|gj|329400|mxn||||||||Gas del Norte|352000
water|Toma 20-118|2026-08-01|2026-08-31|3150|m3|126000|mxn||||||||Aguas de Saltillo|352000
"""),
    "ENER-MGT-02": _rows("""
system|tag|area|count|rated_input|input_unit|energy|control|hours|load_factor|basis|air_flow|air_pressure|stack_temperature|flue_oxygen|year|maintenance
air|CA-01|Cuarto de compresores|1|75|kw|electricity|Carga y descarga|6120|71|measured|445|110|||2017|2026-06-12
air|CA-02|Cuarto de compresores|1|75|kw|electricity|Carga y descarga, de respaldo|1400|38|measured|445|110|||2012|2026-02-20
oven|HO-02|Curado de e-coat|1|4.2|mmbtu_h|natural_gas|Temperatura fija|5800|64|estimate|||212|8.5|2015|2026-05-08
boiler|CAL-01|Servicios|1|3.4|mmbtu_h|natural_gas|Modulante|5200|55|estimate|||198|5.1|2009|2026-03-30
motor|VE-11|Cabina de e-coat|2|22|kw|electricity|Sin variador|6120|80|nameplate|||||2014|2026-04-17
lighting|LU-NAVE|Nave 1|96|0.4|kw|electricity|Manual, por tablero|6120|100|nameplate|||||2011|
"""),
    "FOUN-COS-03": _rows("""
activity|driver|quantity|unit_cost|yearly_cost|avoidable|source
Disposición de lodos|kg de lodo|31200|5.5|171600|30|Facturas de 12 meses
Aire comprimido perdido en fugas|kWh|148000|2.33|344840|60|Medición en fin de turno
Retrabajo de piezas pintadas|pieza|21400|11.8|252520|45|Calidad, promedio de 6 meses
"""),
}

BESIDE: dict[str, Cells] = {
    "CHEM-EMG-03": {"spills": "2"},
    "WAST-BAS-03": {
        "total": "538", "hazardous": "8", "special": "87", "landfill": "7", "energy": "1",
        "recycling": "91", "reuse": "1",
    },
    "WAST-BAS-04": {"material_yield": "81.5"},
    "WAST-CLS-02": {"category": "large", "peak_month": "4150"},
    "WAST-EXC-09": {"exchanged": "3.5", "candidates": "29", "benefit": "18400"},
    "WAST-WTR-01": {"mains": "37800", "sewer": "24100", "product": "200", "evaporation": "13500"},
    "ENER-ELE-02": {"power_factor": "0.94"},
    "ENER-PRH-01": {"flue_oxygen": "8.5"},
    "FOUN-LDR-04": {"expiry": "2027-05-31"},
    "FOUN-CMP-02": {
        "permit": "05-27-COA-118", "issuer": "SEMARNAT, Coahuila",
        "scope": "Licencia ambiental: medir partículas y COV cada año", "expiry": "2028-03-31",
    },
    "FOUN-CMP-04": {"events": "1"},
    "FOUN-LEA-03": {"events": "6", "with_result": "33"},
    "FOUN-LEA-06": {"losses": "Fugas de aire, retrabajo de pintura, arrastre en enjuagues"},
    "FOUN-COS-04": {"rule": "simple_payback", "payback_limit": "2", "discount_rate": "12"},
    "FOUN-SUP-03": {"last_score": "78 de 100, autoevaluación de Norwood Motors, marzo de 2026"},
}  # fmt: skip
"""What stands beside a level or a choice, by question."""

CHOICES: dict[str, tuple[str, ...]] = {
    "CHEM-STO-09": ("part_of_store",),
    "FOUN-LDR-04": ("iso_14001_2015",),
    "FOUN-SUP-03": ("saq",),
}
"""What was chosen where a level doesn't decide it, or where other things say that it was."""

NUMBERS: dict[str, str] = {"CHEM-SUB-01": "640", "CHEM-REL-02": "7850"}
"""Figures that a level doesn't decide."""

TEXTS: dict[str, str] = {
    "WAST-EXC-11": "Carga de 12 t cada dos semanas; montacargas en sitio, 60 m² de espacio techado, hasta 80 km.",
}
