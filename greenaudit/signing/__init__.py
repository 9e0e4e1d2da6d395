"""Keys, certificates, signatures and their verification.

`authority`, `identities`, `chains` work without pyHanko, which takes half a second to import; the rest needs it.
"""

import logging

# pyHanko logs whole tracebacks of hostile files; whoever wants them adds a handler, nobody gets them on stderr.
for _name in ("pyhanko", "pyhanko_certvalidator", "pikepdf"):
    logging.getLogger(_name).addHandler(logging.NullHandler())
