"""What the pages say, by short names, so that templates hold no sentence that a catalogue could miss."""

from __future__ import annotations

from greenaudit.messages import Message, msg

TEXTS: dict[str, Message] = {
    "login_title": msg("Sign in"),
    "login_name": msg("Login name"),
    "password": msg("Password"),
    "login": msg("Sign in"),
    "logout": msg("Sign out"),
    "language": msg("Language"),
    "list_title": msg("Assessments"),
    "plant": msg("Plant"),
    "supplier": msg("Supplier"),
    "place": msg("Place"),
    "started": msg("Started"),
    "state": msg("State"),
    "signed": msg("Signed on {day}"),
    "open": msg("In progress"),
    "number": msg("Report number"),
    "photos": msg("Photos"),
    "all_here": msg("all here"),
    "still_missing": msg("{missing} of {photos} still on the assessor's device"),
    "none": msg("No assessment has reached this endpoint yet."),
    "newer": msg("Newer assessments"),
    "older": msg("Older assessments"),
    "anonymous": msg("Names are left out: an evaluator judges figures, not firms."),
    "verify_title": msg("Report {number}"),
    "verify_known": msg("This programme's endpoint knows a signed report with this number."),
    "verify_unknown": msg(
        "This endpoint knows no signed report with this number. It may not have been synchronised yet, or the "
        "number is mistyped."
    ),
    "verify_twice": msg(
        "Two signed reports bear this number: a device was copied. Compare the fingerprint with the one on the report."
    ),
    "verify_fingerprint": msg("Its fingerprint: {fingerprint}"),
    "verify_login": msg("Sign in to see its fingerprint."),
    "verify_how": msg(
        "Only checking the PDF itself proves that it is unchanged: open it in GreenAudit, or run greenaudit verify."
    ),
    "back": msg("Back"),
    "trouble": msg("That didn't work"),
}
