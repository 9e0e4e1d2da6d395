"""The report's words for the domain's codes."""

from __future__ import annotations

from greenaudit.domain.findings import FindingKind
from greenaudit.domain.scores import CapCause
from greenaudit.i18n import Language
from greenaudit.messages import Message, msg, msgs
from greenaudit.reports.content import ReportContent

MODULES: dict[str, Message] = {
    "CHEM": msg("Chemicals"),
    "WAST": msg("Waste & water"),
    "ENER": msg("Energy"),
    "FOUN": msg("Foundation"),
}
COUNTRIES: dict[str, Message] = {
    "US": msg("United States"),
    "CA": msg("Canada"),
    "MX": msg("Mexico"),
}
WRITTEN: dict[Language, Message] = {
    "en": msg("written in English"),
    "es": msg("written in Spanish"),
    "fr": msg("written in French"),
}
GRADES: tuple[Message, ...] = (
    msg("E0 · told"),
    msg("E1 · document"),
    msg("E2 · seen"),
    msg("E3 · measured or sampled"),
)
REASONS: dict[str, Message] = {
    "no_such_process": msg("The plant has no such process."),
    "no_such_equipment": msg("The plant has no such equipment."),
    "other_site": msg("It belongs to another site."),
    "legal_exemption": msg("A legal exemption holds."),
    "no_access": msg("There was no access."),
    "not_running": msg("It was not running."),
    "person_absent": msg("The person who knows was absent."),
    "document_absent": msg("The document was not there."),
    "no_time": msg("There was no time."),
    "other": msg("Another reason."),
}
FINDINGS: dict[FindingKind, Message] = {
    "stop_and_tell": msg("Stop-and-tell"),
    "major": msg("Major finding"),
    "minor": msg("Minor finding"),
    "opportunity": msg("Opportunity"),
    "good_practice": msg("Good practice"),
}
FINDING_ICONS: dict[FindingKind, str] = {
    "stop_and_tell": "warning-octagon",
    "major": "flag",
    "minor": "warning",
    "opportunity": "coins",
    "good_practice": "star",
}
CAPS: dict[CapCause, Message] = {
    "critical_at_1": msgs(
        "{ids} stands at level 1: the rating is at most {limit}.",
        "{ids} stand at level 1: the rating is at most {limit}.",
        1,
    ),
    "critical_at_0": msgs(
        "{ids} stands at level 0: the rating is at most {limit}.",
        "{ids} stand at level 0: the rating is at most {limit}.",
        1,
    ),
    "three_critical_at_0": msg("{ids}: three or more critical questions at level 0; at most {limit}."),
    "stop_and_tell": msg("A stop-and-tell was still open at closing: the rating is at most {limit}."),
}
SHORT_CAPS: dict[CapCause, Message] = {
    "critical_at_1": msg("capped at {limit}: {ids} at 1"),
    "critical_at_0": msg("capped at {limit}: {ids} at 0"),
    "three_critical_at_0": msg("capped at {limit}: {n} critical questions at 0"),
    "stop_and_tell": msg("capped at {limit}: stop-and-tell open"),
}
INDICATIVE = msg("indicative")
SAMPLE = msg("SAMPLE")
INVENTED = msg(
    "Sample: plant, people, answers and figures are invented. This is no report on any real place."
)
AGREED: dict[Language, Message] = {
    "en": msg("Read and agreed to in English:"),
    "es": msg("Read and agreed to in Spanish:"),
    "fr": msg("Read and agreed to in French:"),
}
ROLES: dict[str, Message] = {
    "assessor": msg("Lead assessor"),
    "representative": msg("Plant representative"),
    "mentor": msg("Mentor, as witness"),
}
CONSENTS: dict[str, Message] = {
    "assessor": msg(
        "I carried out this visit. This report shows what I saw, was told and measured, and whether I could prove it."
    ),
    "representative": msg(
        "This report was shown to me and I receive a copy. I agree to sign it electronically. "
        "My signature confirms that I have received it, not that I agree with every finding."
    ),
    "mentor": msg("I was present when this report was shown and signed. I agree to sign it electronically."),
}
WITNESS: dict[str, Message] = {
    "assessor": msg("Signed with a key that was made on this device and never leaves it."),
    "representative": msg(
        "Electronic signature, witnessed by the assessor’s device: it makes a one-time key for this act alone. "
        "It proves what was shown and that nothing has changed since, not who held the pen."
    ),
    "mentor": msg("Electronic signature with a one-time key, witnessed by the assessor’s device."),
}


def kind_of_visit(content: ReportContent) -> Message:
    """Whether everything was asked or the rapid set, and how much of the list that is."""
    counts = {"asked": content.asked, "all": len(content.checklist.questions)}
    if content.rapid:
        return msg("Rapid: {asked} of the {all} questions of the list", **counts)
    return msg("Full: {asked} of the {all} questions of the list", **counts)
