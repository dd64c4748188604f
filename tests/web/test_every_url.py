"""Every address for everybody: who is let in, who is sent to sign in, who is refused, and who is told nothing.

``TABLE`` says it for every address; one that is not there fails. Nothing that is sent ends in an error of the server.
"""

import re
from collections.abc import Callable, Iterator
from copy import copy
from datetime import timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from parchemin.edges.credentials.keeping import here
from parchemin.edges.credentials.recommending import sign_recommendations
from parchemin.project.models import Attachment, Mail
from parchemin.project.proving import prove
from parchemin.project.tasks import post_letter
from parchemin.records.assessments.models import Evaluator, Result, Sitting
from parchemin.records.awards.actions.changing import revoke, suspend
from parchemin.records.awards.actions.sharing import share_certificate
from parchemin.records.awards.models import House
from parchemin.records.awards.numbers import grouped
from parchemin.records.candidacies.actions import closing, depositing, filling, sharing, talking
from parchemin.records.candidacies.actions.drafts import save_view
from parchemin.records.candidacies.actions.retaining import prepare_retention, set_retention
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import (
    Candidacy,
    Document,
    DocumentVersion,
    FileAccess,
    Reminder,
    RetentionRule,
    RetentionRun,
)
from parchemin.records.candidacies.queries.linked import ATTEST, SIGN, subject_of
from parchemin.records.followups.models import Followup
from parchemin.records.followups.tokens import token_of
from parchemin.records.journal.queries import entries_of
from parchemin.records.juries.actions import composing, minuting, signing
from parchemin.records.juries.actions.pooling import Profile, add_to_pool, tell_absence
from parchemin.records.juries.actions.publishing import publish_results
from parchemin.records.juries.models import Hearing, JurySession, PoolMember, Tie
from parchemin.records.pathways.actions.evidencing import ask_vouching, move_evidence
from parchemin.records.pathways.actions.planning import Planned, save_training
from parchemin.records.pathways.actions.positioning import open_positioning
from parchemin.records.pathways.models import Moment, Training
from parchemin.records.people.actions.accrediting import accredit, authorise_partner
from parchemin.records.people.actions.granting import invite
from parchemin.records.people.actions.linking import make_link
from parchemin.records.people.actions.organising import create_organisation
from parchemin.records.people.models import Assurance, Link, OrganisationKind, PartnerAuthorisation, Person, Role
from parchemin.records.recommendations.actions import Said, accept, recommend
from parchemin.records.transmissions.actions.excluding import exclude, take_back
from parchemin.web.shared.letters import post
from tests.records.assessments.sending import student
from tests.records.awards import bench as awards
from tests.records.candidacies.files import MEASURED, decided
from tests.records.pathways import kept as proofs
from tests.records.transmissions import bench as transmissions
from tests.web import cast as casting
from tests.web.again import Again
from tests.web.cast import AT, CQP, FEST, MASTER, ON, TITLE, Cast
from tests.web.pathway import apprentices
from tests.web.secretariat import desk

ROLES = (
    "anonymous",
    "outsider",
    "candidate",
    "other_candidate",
    "companion",
    "professional",
    "evaluator",
    "jury_member",
    "secretary",
    "other_secretary",
    "manager",
    "administrator",
)
EVERYBODY = frozenset(ROLES)
PEOPLE = EVERYBODY - {"anonymous"}
OWNER = frozenset({"candidate"})
OFFICE = frozenset({"secretary", "manager"})
ANY_OFFICE = OFFICE | {"other_secretary"}
GUESTS = frozenset({"companion", "evaluator", "professional"})
PLANNERS = OFFICE | {"companion", "professional"}
FOLLOWERS = OFFICE | OWNER | GUESTS
SITS = frozenset({"jury_member"})
BODY = frozenset({"manager"})
ADMINISTRATOR = frozenset({"administrator"})
KEEPERS = ADMINISTRATOR | BODY
NOBODY: frozenset[str] = frozenset()
READERS = ("candidate", "secretary", "companion", "evaluator", "jury_member", "manager", "administrator")
"""Among them, somebody is let in wherever anybody is."""
IN = frozenset({200, 204, 302, 400, 409, 410, 413, 422, 429})
"""What may be answered to whoever is let in: the page, the way on, or what is wrong with what was sent."""


class Line(NamedTuple):
    """Who is let in, what the address is for, by which methods, and what it is given."""

    who: frozenset[str]
    methods: str = "get"
    args: str = ""
    also: frozenset[int] = frozenset()
    hidden: frozenset[str] = frozenset()
    """Those to whom an address that names nothing is not found, rather than refused with a word."""


FORGED = frozenset({404})
"""What is let in may still be told that what the body names is nowhere."""
TABLE: dict[str, Line] = {
    "home": Line(EVERYBODY),
    "set_language": Line(EVERYBODY, "any"),
    "health": Line(EVERYBODY, also=frozenset({503})),
    "shared:theme": Line(EVERYBODY, "post"),
    "shared:accessibility": Line(EVERYBODY),
    "shared:processing": Line(EVERYBODY),
    "shared:processing_of": Line(EVERYBODY, args="organisation"),
    "shared:rules": Line(EVERYBODY, args="scheme version_name"),
    "shared:gallery": Line(NOBODY),
    "access:account": Line(PEOPLE, "any"),
    "access:end_devices": Line(PEOPLE, "post"),
    "access:end_device": Line(PEOPLE, "post", "number", also=FORGED),
    "access:portable": Line(PEOPLE, "any"),
    "access:leave": Line(PEOPLE, "both"),
    "access:invitation": Line(EVERYBODY, "both", "invitation"),
    "access:first_access": Line(EVERYBODY, "both", "secret"),
    "access:start_view_as": Line(ADMINISTRATOR, "both", "person"),
    "access:stop_view_as": Line(PEOPLE, "post"),
    "companion:act": Line(EVERYBODY, "both", "attest"),
    "companion:document": Line(EVERYBODY, "get", "sign"),
    "followed:files": Line(GUESTS),
    "followed:file": Line(GUESTS, args="received"),
    "followed:document": Line(GUESTS, args="received received_version"),
    "candidate:home": Line(PEOPLE),
    "candidate:certifications": Line(EVERYBODY),
    "candidate:certification": Line(EVERYBODY, args="scheme"),
    "candidate:route": Line(EVERYBODY, args="scheme route"),
    "candidate:start": Line(PEOPLE, "both", "scheme route"),
    "candidate:places": Line(PEOPLE),
    "candidate:draft": Line(PEOPLE, "post", "form"),
    "candidate:draft of a file": Line(OWNER, "post", "form file"),
    "candidate:draft of a thing": Line(OWNER, "post", "form file experience"),
    "candidate:drop_draft": Line(PEOPLE, "post", "form"),
    "candidate:drop_draft of a file": Line(OWNER, "post", "form file"),
    "candidate:drop_draft of a thing": Line(OWNER, "post", "form file experience"),
    "candidate:file": Line(OWNER, args="file"),
    "candidate:identity": Line(OWNER, "both", "file"),
    "candidate:experiences": Line(OWNER, args="file"),
    "candidate:add_experience": Line(OWNER, "both", "file"),
    "candidate:experience": Line(OWNER, "both", "file experience"),
    "candidate:remove_experience": Line(OWNER, "both", "file experience"),
    "candidate:ask_attestation": Line(OWNER, "both", "file experience"),
    "candidate:statements": Line(OWNER, "both", "file"),
    "candidate:proofs": Line(OWNER, "both", "file"),
    "candidate:document": Line(OWNER, "both", "file kind"),
    "candidate:proof": Line(OWNER, "both", "file proof"),
    "candidate:remove_document": Line(OWNER, "both", "file document"),
    "candidate:download": Line(OWNER, args="file version"),
    "candidate:sign": Line(OWNER, "post", "file version"),
    "candidate:ask_signature": Line(OWNER, "both", "received vae_file actor"),
    "candidate:ask_endorsement": Line(OWNER, "both", "file"),
    "candidate:revoke_link": Line(OWNER, "post", "file link"),
    "candidate:deposit": Line(OWNER, "both", "file"),
    "candidate:deposit_file": Line(OWNER, "both", "file"),
    "candidate:messages": Line(OWNER, "both", "file"),
    "candidate:access": Line(OWNER, "both", "file"),
    "candidate:close_access": Line(OWNER, "post", "file own_access"),
    "candidate:accommodation": Line(OWNER, "both", "file"),
    "candidate:withdraw_need": Line(OWNER, "both", "file accommodation"),
    "candidate:confirm": Line(OWNER, "post", "file"),
    "candidate:change_route": Line(OWNER, "both", "file"),
    "candidate:aim": Line(OWNER, "both", "refused"),
    "candidate:provider": Line(OWNER, "both", "file"),
    "candidate:withdraw": Line(OWNER, "both", "file"),
    "candidate:decisions": Line(OWNER, args="refused"),
    "candidate:decision": Line(OWNER, args="refused record"),
    "candidate:appeal": Line(OWNER, "both", "refused record"),
    "candidate:withdraw_appeal": Line(OWNER, "both", "refused appeal"),
    "candidate:exhibits": Line(OWNER, "both", "refused appeal"),
    "candidate:exhibit": Line(OWNER, args="refused appeal exhibit"),
    "candidate:letter": Line(OWNER, args="refused letter"),
    "candidate:take_away": Line(OWNER, args="file"),
    "secretariat:queue": Line(ANY_OFFICE),
    "secretariat:files": Line(ANY_OFFICE),
    "secretariat:export": Line(ANY_OFFICE, args="spreadsheet"),
    "secretariat:several": Line(ANY_OFFICE, "post"),
    "secretariat:save_view": Line(ANY_OFFICE, "post"),
    "secretariat:remove_view": Line(ANY_OFFICE, "post", "view"),
    "secretariat:file": Line(OFFICE, args="received"),
    "secretariat:history": Line(OFFICE, args="received"),
    "secretariat:for_jury": Line(OFFICE, args="received"),
    "secretariat:take_charge": Line(OFFICE, "post", "received"),
    "secretariat:message": Line(OFFICE, "post", "received"),
    "secretariat:verify_statement": Line(OFFICE, "post", "received statement"),
    "secretariat:verify_experience": Line(OFFICE, "post", "received received_experience"),
    "secretariat:verify_all": Line(OFFICE, "post", "received"),
    "secretariat:verify_identity": Line(OFFICE, "post", "received"),
    "secretariat:draft": Line(OFFICE, "post", "received draft_name"),
    "secretariat:complete": Line(OFFICE, "post", "received"),
    "secretariat:return": Line(OFFICE, "both", "received"),
    "secretariat:decide": Line(OFFICE, "both", "received"),
    "secretariat:override": Line(OFFICE, "both", "received rule"),
    "secretariat:answer_file": Line(OFFICE, "both", "received"),
    "secretariat:access": Line(OFFICE, "both", "received"),
    "secretariat:close_access": Line(OFFICE, "post", "received office_access"),
    "secretariat:transfer": Line(OFFICE, "both", "received"),
    "secretariat:place": Line(OFFICE, "both", "received"),
    "secretariat:step": Line(OFFICE, "both", "received"),
    "secretariat:lapse": Line(OFFICE, "both", "received"),
    "secretariat:restore": Line(OFFICE, "both", "received"),
    "secretariat:appeal": Line(OFFICE, "both", "refused appeal"),
    "secretariat:exhibit": Line(OFFICE, args="refused appeal exhibit"),
    "secretariat:record_appeal": Line(OFFICE, "both", "refused record", FORGED),
    "secretariat:accommodation": Line(OFFICE, "both", "file accommodation"),
    "secretariat:document": Line(OFFICE, args="received received_version"),
    "secretariat:letter": Line(OFFICE, args="refused letter"),
    "secretariat:letter_pdf": Line(OFFICE, args="refused letter"),
    "secretariat:repeat_letter": Line(OFFICE, "post", "refused letter"),
    "secretariat:reminders": Line(ANY_OFFICE),
    "secretariat:new_reminder": Line(ANY_OFFICE, "both"),
    "secretariat:export_reminders": Line(ANY_OFFICE, args="spreadsheet"),
    "secretariat:reminder": Line(OFFICE, "both", "reminder"),
    "secretariat:switch_reminder": Line(OFFICE, "post", "reminder"),
    "secretariat:accreditations": Line(ANY_OFFICE),
    "secretariat:new_accreditation": Line(ANY_OFFICE, "both"),
    "secretariat:export_accreditations": Line(ANY_OFFICE, args="spreadsheet"),
    "secretariat:accreditation_proof": Line(OFFICE, args="accreditation"),
    "secretariat:renew_accreditation": Line(OFFICE, "both", "accreditation"),
    "secretariat:withdraw_accreditation": Line(OFFICE, "both", "accreditation"),
    "secretariat:partners": Line(ANY_OFFICE),
    "secretariat:new_partner": Line(BODY, "both"),
    "secretariat:export_partners": Line(ANY_OFFICE, args="spreadsheet"),
    "secretariat:renew_partner": Line(BODY, "both", "authorisation"),
    "secretariat:suspend_partner": Line(BODY, "both", "authorisation"),
    "secretariat:statistics": Line(ANY_OFFICE),
    "secretariat:export_statistics": Line(ANY_OFFICE, args="spreadsheet"),
    "assessment:file": Line(FOLLOWERS, args="received"),
    "assessment:missing": Line(FOLLOWERS, args="received"),
    "assessment:enter": Line(OFFICE, "both", "studied"),
    "assessment:bring": Line(OFFICE, "post", "studied"),
    "assessment:ledger_model": Line(OFFICE, args="studied spreadsheet"),
    "assessment:transmit": Line(OFFICE | {"evaluator"}, "both", "received"),
    "assessment:year": Line(OFFICE, "both", "studied"),
    "assessment:send_back": Line(OFFICE, "both", "received"),
    "assessment:join": Line(OFFICE | {"evaluator"}, "both", "received joined", also=FORGED),
    "assessment:numbers": Line(ANY_OFFICE),
    "assessment:cohort": Line(ANY_OFFICE),
    "assessment:export_numbers": Line(ANY_OFFICE, args="figures spreadsheet", also=FORGED),
    "pathway:home": Line(FOLLOWERS, args="received"),
    "pathway:positionings": Line(FOLLOWERS, args="received"),
    "pathway:open_positioning": Line(PLANNERS - OFFICE, "both", "received"),
    "pathway:positioning": Line(FOLLOWERS, "both", "received interview"),
    "pathway:positioning_draft": Line(OWNER | {"professional"}, "post", "received interview"),
    "pathway:close_positioning": Line(PLANNERS - OFFICE, "both", "received interview"),
    "pathway:lead_positioning": Line(PLANNERS - OFFICE, "both", "received interview"),
    "pathway:hand_on": Line(PLANNERS | OWNER, "both", "received kept_document", also=FORGED),
    "pathway:plan": Line(FOLLOWERS, args="received"),
    "pathway:plan_history": Line(FOLLOWERS, args="received"),
    "pathway:add_training": Line(PLANNERS, "both", "received"),
    "pathway:training": Line(PLANNERS, "both", "received training"),
    "pathway:remove_training": Line(PLANNERS, "both", "received training"),
    "pathway:training_hours": Line(PLANNERS, "post", "received training"),
    "pathway:justify_hours": Line(PLANNERS, "both", "received"),
    "pathway:finish_step": Line(PLANNERS, "both", "received pathway_step", also=FORGED),
    "pathway:approve_plan": Line(PLANNERS | OWNER, "post", "received"),
    "pathway:alternance": Line(FOLLOWERS, args="apprenticed"),
    "pathway:new_contract": Line(PLANNERS, "both", "apprenticed"),
    "pathway:contract": Line(PLANNERS, "both", "apprenticed contract"),
    "pathway:contract_state": Line(PLANNERS, "both", "apprenticed contract"),
    "pathway:write_liaison": Line(PLANNERS | OWNER, "both", "apprenticed"),
    "pathway:ask_liaison": Line(PLANNERS | OWNER, "both", "apprenticed"),
    "pathway:liaison": Line(FOLLOWERS, "both", "apprenticed liaison"),
    "pathway:correct_liaison": Line(OWNER, "both", "apprenticed liaison"),
    "pathway:plan_visit": Line(PLANNERS, "both", "apprenticed"),
    "pathway:visit": Line(PLANNERS, "both", "apprenticed visit"),
    "pathway:cancel_visit": Line(PLANNERS, "both", "apprenticed visit"),
    "pathway:report_visit": Line(PLANNERS, "both", "apprenticed visit"),
    "pathway:visit_calendar": Line(FOLLOWERS, args="apprenticed visit"),
    "pathway:evidence": Line(FOLLOWERS, args="received"),
    "pathway:add_evidence": Line(OWNER, "both", "received evidence_kind"),
    "pathway:several_evidence": Line(OWNER, "both", "received"),
    "pathway:one_evidence": Line(FOLLOWERS, "both", "received submitted_evidence", also=FORGED),
    "pathway:evidence_file": Line(FOLLOWERS, args="received submitted_evidence"),
    "pathway:change_evidence": Line(OWNER, "both", "received shared_evidence"),
    "pathway:move_evidence": Line(OWNER, "both", "received shared_evidence evidence_zone"),
    "pathway:remove_evidence": Line(OWNER, "both", "received shared_evidence"),
    "pathway:ask_vouching": Line(OWNER, "both", "received shared_evidence"),
    "pathway:revoke_link": Line(OWNER, "post", "received vouching_link"),
    "pathway:work": Line(FOLLOWERS, args="received"),
    "pathway:log_moment": Line(PLANNERS | OWNER, "both", "received moment_kind"),
    "pathway:take_back_moment": Line(OWNER, "both", "received moment"),
    "pathway:plan_cold": Line(PLANNERS | OWNER, "both", "received"),
    "pathway:observe": Line(PLANNERS - OFFICE, "both", "received"),
    "pathway:ask_observation": Line(PLANNERS | OWNER, "both", "received"),
    "pathway:work_synthesis": Line(FOLLOWERS, args="received"),
    "pathway:works": Line(FOLLOWERS, args="received"),
    "pathway:write": Line(OWNER | {"companion"}, "both", "received written_work"),
    "pathway:keep_work": Line(OWNER, "post", "received written_work"),
    "pathway:freeze_work": Line(OWNER, "both", "received written_work"),
    "assessment:calendar": Line(ANY_OFFICE),
    "assessment:export_calendar": Line(ANY_OFFICE, args="spreadsheet"),
    "assessment:plan": Line(OFFICE, "both", "received"),
    "assessment:mine": Line(GUESTS),
    "assessment:sitting": Line(frozenset({"evaluator"}), "both", "sitting"),
    "assessment:grid": Line(frozenset({"evaluator"}), "both", "sitting"),
    "assessment:sign": Line(frozenset({"evaluator"}), "both", "sitting"),
    "assessment:differences": Line(frozenset({"evaluator"}), "both", "sitting"),
    "assessment:planned": Line(OFFICE, args="sitting"),
    "assessment:sitting_calendar": Line(OFFICE | OWNER | {"evaluator"}, args="sitting"),
    "assessment:summon": Line(OFFICE, "post", "sitting"),
    "assessment:move_sitting": Line(OFFICE, "both", "sitting"),
    "assessment:cancel_sitting": Line(OFFICE, "both", "sitting"),
    "assessment:evaluators": Line(OFFICE, "both", "sitting"),
    "assessment:remove_evaluator": Line(OFFICE, "post", "sitting named_evaluator"),
    "assessment:tell_sitting": Line(OFFICE | {"evaluator"}, "both", "sitting"),
    "assessment:correct_telling": Line(OFFICE, "both", "sitting"),
    "assessment:void_sitting": Line(OFFICE, "both", "sitting"),
    "assessment:correct": Line(OFFICE, "both", "result"),
    "jury:home": Line(ANY_OFFICE | SITS),
    "jury:export": Line(ANY_OFFICE, args="spreadsheet"),
    "jury:plan": Line(ANY_OFFICE, "both"),
    "jury:pool": Line(ANY_OFFICE),
    "jury:export_pool": Line(ANY_OFFICE, args="spreadsheet"),
    "jury:add_to_pool": Line(ANY_OFFICE, "both"),
    "jury:pool_member": Line(OFFICE, "both", "pooled"),
    "jury:tell_absence": Line(OFFICE, "both", "pooled"),
    "jury:forget_absence": Line(OFFICE, "post", "pooled absence"),
    "jury:leave_pool": Line(OFFICE, "both", "pooled"),
    "jury:session": Line(OFFICE | SITS, args="jury_session"),
    "jury:session_calendar": Line(OFFICE | SITS, args="jury_session"),
    "jury:change": Line(OFFICE, "both", "jury_session"),
    "jury:cancel": Line(OFFICE, "both", "jury_session"),
    "jury:summon": Line(OFFICE, "both", "jury_session"),
    "jury:seat": Line(OFFICE, "both", "jury_session"),
    "jury:nomination": Line(OFFICE | SITS, args="jury_session"),
    "jury:nominate": Line(OFFICE, "both", "jury_session"),
    "jury:export_members": Line(OFFICE, args="jury_session spreadsheet"),
    "jury:unseat": Line(OFFICE, "post", "jury_session jury_seat"),
    "jury:chair": Line(OFFICE, "post", "jury_session jury_seat"),
    "jury:expenses": Line(OFFICE, "post", "jury_session jury_seat"),
    "jury:add_to_agenda": Line(OFFICE, "both", "jury_session"),
    "jury:order": Line(OFFICE, "both", "jury_session"),
    "jury:export_agenda": Line(OFFICE, args="jury_session spreadsheet"),
    "jury:take_off": Line(OFFICE, "both", "jury_session jury_hearing"),
    "jury:draw_minutes": Line(OFFICE | SITS, "both", "jury_open"),
    "jury:correct_minutes": Line(OFFICE, "both", "jury_told"),
    "jury:minutes": Line(OFFICE | SITS, args="minutes_drawn"),
    "award:home": Line(BODY),
    "award:export": Line(BODY, args="spreadsheet"),
    "award:session": Line(BODY, "both", "jury_told"),
    "award:houses": Line(BODY),
    "award:house": Line(BODY, "both", "certification"),
    "award:certificate": Line(BODY, args="certificate"),
    "award:statement": Line(BODY, "both", "jury_told hearing_told"),
    "award:paper": Line(BODY, args="certificate"),
    "award:extract": Line(BODY, args="certificate"),
    "award:supplement": Line(BODY, args="certificate language"),
    "award:revoke": Line(BODY, "both", "certificate"),
    "award:suspend": Line(BODY, "both", "certificate"),
    "award:reinstate": Line(BODY, "both", "suspended_certificate"),
    "award:duplicate": Line(BODY, "both", "certificate"),
    "award:correct": Line(BODY, "both", "certificate"),
    "transmission:bodies": Line(BODY),
    "transmission:home": Line(BODY, args="organisation"),
    "transmission:export": Line(BODY, args="organisation spreadsheet"),
    "transmission:ahead": Line(BODY, args="organisation"),
    "transmission:settings": Line(BODY, "both", "organisation"),
    "transmission:batches": Line(BODY, args="organisation"),
    "transmission:make": Line(BODY, "post", "organisation"),
    "transmission:batch": Line(BODY, "both", "organisation batch"),
    "transmission:download": Line(BODY, args="organisation batch"),
    "transmission:drop": Line(BODY, "post", "organisation batch"),
    "transmission:line": Line(BODY, args="organisation line"),
    "transmission:exclude": Line(BODY, "both", "organisation line"),
    "transmission:release": Line(BODY, "both", "organisation refused_line"),
    "transmission:take_back": Line(BODY, "post", "organisation excluded_line"),
    "transmission:note_withdrawn": Line(BODY, "post", "organisation line_to_withdraw"),
    "recommendation:home": Line(BODY),
    "recommendation:given": Line(BODY),
    "recommendation:make": Line(BODY, "both"),
    "recommendation:one": Line(BODY, args="recommendation"),
    "recommendation:accept": Line(BODY, "post", "recommendation"),
    "recommendation:hide": Line(BODY, "post", "recommendation"),
    "recommendation:withdraw": Line(BODY, "both", "recommendation_given"),
    "recommendation:proof": Line(BODY, args="recommendation"),
    "recommendation:credential": Line(EVERYBODY, args="recommendation"),
    "verification:ask": Line(EVERYBODY),
    "verification:answer": Line(EVERYBODY, "both", "verified_number"),
    "verification:api": Line(EVERYBODY, "post", also=frozenset({415})),
    "verification:file": Line(EVERYBODY, "both"),
    "verification:shared": Line(EVERYBODY, args="shared_secret"),
    "held:mine": Line(PEOPLE),
    "held:one": Line(OWNER, args="held_certificate"),
    "held:paper": Line(OWNER, args="held_certificate"),
    "held:extract": Line(OWNER, args="held_certificate"),
    "held:supplement": Line(OWNER, args="held_certificate language"),
    "held:credential": Line(OWNER, args="held_certificate"),
    "held:token": Line(OWNER, args="held_certificate"),
    "held:chosen": Line(OWNER, args="held_certificate"),
    "held:badge": Line(OWNER, args="held_certificate"),
    "held:picture": Line(OWNER, args="held_certificate"),
    "held:european": Line(OWNER, args="held_certificate"),
    "held:record": Line(OWNER, args="organisation"),
    "held:shares": Line(OWNER, "both", "held_certificate"),
    "held:end_share": Line(OWNER, "post", "held_certificate share"),
    "held:bundle": Line(OWNER, args="held_certificate"),
    "figures:home": Line(ANY_OFFICE),
    "figures:year": Line(OFFICE, args="certification counted_year"),
    "figures:export": Line(OFFICE, args="certification counted_year spreadsheet"),
    "figures:fiche": Line(OFFICE, args="certification counted_year"),
    "figures:publish": Line(BODY, "both", "certification counted_year"),
    "surveyed:answer": Line(EVERYBODY, "both", "followup_token"),
    "schemes:certification": Line(EVERYBODY, args="scheme"),
    "schemes:version": Line(EVERYBODY, args="scheme version_name"),
    "register:home": Line(EVERYBODY),
    "register:checkpoint": Line(EVERYBODY, also=FORGED),
    "register:entries": Line(EVERYBODY, args="first_entry"),
    "register:issuer": Line(EVERYBODY, args="organisation", also=FORGED),
    "register:statuses": Line(EVERYBODY, args="organisation status_list", also=FORGED),
    "register:recommendations": Line(EVERYBODY, args="organisation", also=FORGED),
    "jury:minutes_rules": Line(OFFICE | SITS, args="minutes_drawn hearing_drawn"),
    "jury:minutes_pdf": Line(OFFICE | SITS, args="minutes_drawn"),
    "jury:minutes_data": Line(OFFICE | SITS, args="minutes_drawn"),
    "jury:sign_minutes": Line(SITS, "both", "minutes_drawn"),
    "jury:ask_signature": Line(OFFICE | SITS, "post", "minutes_drawn seat_drawn"),
    "jury:sign_by_link": Line(EVERYBODY, "both", "to_sign"),
    "jury:linked_minutes": Line(EVERYBODY, args="to_sign"),
    "jury:close_minutes": Line(SITS, "both", "minutes_signed"),
    "jury:drop_minutes": Line(OFFICE | SITS, "both", "minutes_drawn"),
    "jury:results": Line(OFFICE, "both", "jury_closed"),
    "jury:export_results": Line(OFFICE, args="jury_closed spreadsheet"),
    "jury:outcome": Line(OFFICE | SITS, args="jury_closed hearing_closed"),
    "jury:present_again": Line(OFFICE, "both", "jury_closed hearing_closed"),
    "jury:result": Line(OWNER, args="hearing_told"),
    "jury:ties": Line(SITS, "both", "jury_session"),
    "jury:live": Line(OFFICE | SITS, args="jury_session"),
    "jury:open": Line(OFFICE, "post", "jury_session"),
    "jury:presence": Line(OFFICE, "post", "jury_session jury_seat"),
    "jury:incident": Line(OFFICE, "post", "jury_session"),
    "jury:hearing": Line(OFFICE | SITS, args="jury_session jury_hearing"),
    "jury:decide": Line(OFFICE, "post", "jury_session jury_hearing"),
    "jury:line": Line(OFFICE | SITS, args="jury_session jury_hearing"),
    "jury:preview": Line(OFFICE, "post", "jury_session jury_hearing"),
    "jury:reopen": Line(OFFICE, "post", "jury_session jury_hearing"),
    "jury:voices": Line(OFFICE | SITS, args="jury_session jury_hearing"),
    "jury:vote": Line(SITS, "post", "jury_session jury_hearing"),
    "jury:held": Line(OFFICE, "post", "jury_session jury_hearing jury_method", also=FORGED),
    "jury:recuse": Line(OFFICE, "post", "jury_session jury_hearing jury_seat"),
    "jury:take_back": Line(OFFICE, "post", "jury_session jury_hearing jury_seat"),
    "jury:pack": Line(OFFICE | SITS, args="jury_session jury_hearing"),
    "jury:pack_document": Line(OFFICE | SITS, args="jury_session jury_hearing received_version"),
    "jury:pack_evidence": Line(OFFICE | SITS, args="jury_session jury_hearing submitted_evidence"),
    "administration:home": Line(KEEPERS),
    "administration:organisations": Line(KEEPERS),
    "administration:export_organisations": Line(KEEPERS, args="spreadsheet"),
    "administration:new_organisation": Line(ADMINISTRATOR, "both", hidden=BODY),
    "administration:organisation": Line(KEEPERS, args="organisation"),
    "administration:edit_organisation": Line(KEEPERS, "both", "organisation"),
    "administration:rename_organisation": Line(KEEPERS, "both", "organisation"),
    "administration:alias": Line(KEEPERS, "both", "organisation"),
    "administration:new_centre": Line(KEEPERS, "both", "organisation"),
    "administration:people": Line(KEEPERS),
    "administration:export_people": Line(KEEPERS, args="spreadsheet"),
    "administration:invite": Line(KEEPERS, "both"),
    "administration:person": Line(KEEPERS, args="member"),
    "administration:grant": Line(KEEPERS, "both", "member"),
    "administration:revoke": Line(KEEPERS, "both", "grant"),
    "administration:cancel_invitation": Line(KEEPERS, "both", "offer"),
    "administration:certifications": Line(KEEPERS),
    "administration:export_certifications": Line(KEEPERS, args="spreadsheet"),
    "administration:publish": Line(KEEPERS, "both"),
    "administration:publish_checked": Line(KEEPERS, "post"),
    "administration:publish_files": Line(KEEPERS, "post"),
    "administration:version_files": Line(KEEPERS, "both", "certification release"),
    "administration:export_version_files": Line(KEEPERS, args="certification release spreadsheet"),
    "administration:certification": Line(KEEPERS, args="certification"),
    "administration:open_certification": Line(KEEPERS, "post", "certification"),
    "administration:close_certification": Line(KEEPERS, "post", "certification"),
    "administration:contact": Line(KEEPERS, "both", "certification"),
    "administration:publish_ruling": Line(KEEPERS, "both", "published"),
    "administration:fill_gaps": Line(KEEPERS, "both", "published"),
    "administration:ruling": Line(KEEPERS, args="ruling"),
    "administration:retention": Line(KEEPERS),
    "administration:retention_rules": Line(KEEPERS, "both", "organisation"),
    "administration:prepare_retention": Line(KEEPERS, "post", "organisation"),
    "administration:run_retention": Line(KEEPERS, "both", "erasing"),
    "administration:export_retention": Line(KEEPERS, args="erasing spreadsheet"),
    "administration:export_register": Line(KEEPERS, args="spreadsheet"),
    "administration:journal": Line(ADMINISTRATOR),
    "administration:export_journal": Line(ADMINISTRATOR, args="spreadsheet"),
    "administration:verify_journal": Line(ADMINISTRATOR, "both"),
    "administration:entry": Line(ADMINISTRATOR, args="entry"),
    "administration:outbox": Line(ADMINISTRATOR),
    "administration:mail": Line(ADMINISTRATOR, args="mail"),
    "administration:attachment": Line(ADMINISTRATOR, args="attachment"),
    "administration:tasks": Line(ADMINISTRATOR),
    "administration:task": Line(ADMINISTRATOR, args="task"),
    "administration:retry": Line(ADMINISTRATOR, "post", "task"),
    "administration:settings": Line(ADMINISTRATOR),
}
ACCOUNT: dict[str, Line] = {
    "account_login": Line(EVERYBODY, "any"),
    "account_logout": Line(EVERYBODY, "any"),
    "account_inactive": Line(EVERYBODY, "any"),
    "account_signup": Line(EVERYBODY, "any"),
    "account_reauthenticate": Line(PEOPLE, "any"),
    "account_email": Line(PEOPLE, "any"),
    "account_email_verification_sent": Line(EVERYBODY, "any"),
    "account_change_password": Line(PEOPLE, "any"),
    "account_set_password": Line(PEOPLE, "any"),
    "account_reset_password": Line(EVERYBODY, "any"),
    "account_confirm_login_code": Line(EVERYBODY, "any"),
    "account_reset_password_from_key_done": Line(EVERYBODY, "any"),
    "account_reset_password_from_key": Line(EVERYBODY, "any", "uidb36 key"),
    "account_reset_password_done": Line(EVERYBODY, "any"),
    "mfa_index": Line(PEOPLE, "any"),
    "mfa_authenticate": Line(EVERYBODY, "any"),
    "mfa_reauthenticate": Line(PEOPLE, "any"),
    "mfa_activate_totp": Line(PEOPLE, "any"),
    "mfa_deactivate_totp": Line(PEOPLE, "any", also=FORGED),
    "mfa_view_recovery_codes": Line(PEOPLE, "any", also=FORGED),
    "mfa_generate_recovery_codes": Line(PEOPLE, "any", also=FORGED),
    "mfa_download_recovery_codes": Line(PEOPLE, "any", also=FORGED),
    "mfa_list_webauthn": Line(PEOPLE, "any"),
    "mfa_add_webauthn": Line(PEOPLE, "any"),
    "mfa_reauthenticate_webauthn": Line(PEOPLE, "any"),
    "mfa_remove_webauthn": Line(PEOPLE, "any", "number", also=FORGED),
    "mfa_edit_webauthn": Line(PEOPLE, "any", "number", also=FORGED),
    "mfa_login_webauthn": Line(EVERYBODY, "any"),
    "socialaccount_login_cancelled": Line(EVERYBODY, "any"),
    "socialaccount_login_error": Line(EVERYBODY, "any", also=frozenset({401})),
    "socialaccount_signup": Line(EVERYBODY, "any"),
    "socialaccount_connections": Line(PEOPLE, "any"),
    "openid_connect_login": Line(EVERYBODY, "any", "provider", also=FORGED),
    "openid_connect_callback": Line(EVERYBODY, "any", "provider", also=FORGED),
    "usersessions_list": Line(PEOPLE, "any"),
}
"""Addresses of the sign-in library: whoever is let in may also be sent to prove again who they are."""


class World(NamedTuple):
    """Everybody, and what addresses are given."""

    cast: Cast
    people: dict[str, Person]
    given: dict[str, object]


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    """Two weeks after the files of the cast were handed in."""
    with time_machine.travel(desk.NOW, tick=True):
        yield


@pytest.fixture
def world(db: None) -> World:
    """A draft, an application received and one refused, of the same candidate, with one of everything."""
    return WORLD.made()


@pytest.fixture
def cast(world: World) -> Cast:
    """The cast of that world."""
    return copy(world.cast)


def _made() -> World:
    cast = casting.cast()
    people = {name: getattr(cast, name) for name in PEOPLE}
    draft = casting.worked(casting.opened(cast.candidate, cast.certification(FEST))).candidacy
    kind = Judged(draft, ON).later.documents[0]
    version = desk.dropped(draft, kind, signed=())
    proof = Document.objects.create(candidacy=draft, title="Attestation", created_at=AT)
    received, vae_file = _received(cast)
    own = _shared(draft, cast.companion, Role.COMPANION, cast.candidate)
    _shared(received, cast.companion, Role.COMPANION, cast.candidate)
    _shared(received, cast.professional, Role.PROFESSIONAL, cast.secretary)
    office = _shared(received, cast.evaluator, Role.EVALUATOR, cast.secretary)
    refused = _refused(cast)
    record = refused.decisions.get(answer="unfavourable")
    exhibit = (ContentFile(b"%PDF", name="x.pdf"), MEASURED)
    appeal = closing.file_appeal(record=record, grounds="x", by=cast.candidate, at=AT, on=ON, exhibits=[exhibit])
    letter = refused.letters.latest("reference")
    post(letter.pk, at=AT)
    (link, attest), (_, sign) = _links(draft, version)
    offer, invitation = invite(
        email="nouvelle@example.org", role=Role.SECRETARY, organisation=cast.organisation, by=cast.manager, at=desk.NOW
    )
    given: dict[str, object] = {
        "scheme": FEST,
        "version_name": draft.version,
        "first_entry": 0,
        "status_list": 0,
        "route": "vae",
        "number": 999_999,
        "secret": "x" * 43,
        "person": cast.other_candidate.pk,
        "invitation": invitation,
        "attest": attest,
        "sign": sign,
        "form": "identity",
        "draft_name": "message",
        "file": draft.pk,
        "experience": draft.experiences.get().pk,
        "kind": kind,
        "document": version.document_id,
        "proof": proof.pk,
        "version": version.pk,
        "vae_file": vae_file.pk,
        "own_access": own.pk,
        "office_access": office.pk,
        "actor": "sector_professional",
        "link": link.pk,
        "accommodation": talking.ask_accommodation(candidacy=draft, need="x", by=cast.candidate, at=AT).pk,
        "received": received.pk,
        "received_experience": received.experiences.get().pk,
        "received_version": received.documents.all()[0].versions.get().pk,
        "statement": "informed",
        "rule": "eligibility.experience",
        "refused": refused.pk,
        "record": record.pk,
        "letter": letter.pk,
        "appeal": appeal.pk,
        "exhibit": appeal.exhibits.get().pk,
        "spreadsheet": "csv",
        "view": save_view(person=cast.secretary, list_name="files", name="x", query="").pk,
        "reminder": _reminder(cast).pk,
        "accreditation": accredit(
            person=cast.evaluator,
            organisation=cast.organisation,
            scheme=CQP,
            actor="external_evaluator",
            from_on=ON,
            proof=ContentFile(b"%PDF", name="preuve.pdf"),
            at=AT,
        ).pk,
        "authorisation": authorise_partner(
            provider=create_organisation(kind=OrganisationKind.PROVIDER, name="Organisme", at=AT),
            awarding_body=cast.organisation,
            scheme=CQP,
            scope=next(iter(PartnerAuthorisation.Scope)),
            from_on=ON,
            at=AT,
        ).pk,
        **_kept(cast, draft),
        **_followed(cast, received),
        **_proved(received),
        **_apprenticed(cast),
        **_sat(cast, received),
        **_convened(cast, received),
        **_minuted(cast, received),
        **_awarded(cast),
        **_transmitted(cast),
        **_recommended(cast),
        "studied": student(cast, cast.other_candidate).pk,
        "joined": "decision_form",
        "figures": "accord",
        "written_work": "activity_table",
        "offer": offer.pk,
        "uidb36": "1",
        "key": "clef-fausse",
        "provider": "nulle",
    }
    return World(cast, people, given)


WORLD = Again(_made)


def _kept(cast: Cast, row: Candidacy) -> dict[str, object]:
    """What the administration looks at."""
    mail = Mail.objects.create(to="a@example.org", subject="x", text="x")
    attachment = Attachment.objects.create(
        mail=mail, name="x.pdf", media_type="application/pdf", size=1, is_kept=True, content=b"x"
    )
    version = row.certification.versions.get()
    return {
        "organisation": cast.organisation.pk,
        "erasing": _erasing(cast, row).pk,
        "member": cast.evaluator.pk,
        "grant": cast.evaluator.grants.get().pk,
        "certification": row.certification_id,
        "published": version.pk,
        "release": version.name,
        "ruling": version.rulings.all()[0].pk,
        "entry": entries_of(row.pk)[0].number,
        "mail": mail.pk,
        "attachment": attachment.pk,
        "task": post_letter.enqueue("x").id,
    }


def _received(cast: Cast) -> tuple[Candidacy, DocumentVersion]:
    """An application, and a document in it that others sign too."""
    row = casting.opened(cast.candidate, cast.certification())
    casting.worked(row)
    filling.declare(candidacy=row, answers={"informed": True}, by=row.candidate, at=AT)
    for kind in ("admissibility_file", "activity_table"):
        desk.dropped(row, kind)
    version = desk.dropped(row, "vae_file")
    return casting.deposited(row), version


def _followed(cast: Cast, row: Candidacy) -> dict[str, object]:
    """An interview that the professional leads, and an action of the pathway."""
    by = cast.professional
    planned = Planned(kind=Training.Kind.COURSE, title="x", codes=("C1",), hours_planned=Decimal(7))
    return {
        "interview": open_positioning(candidacy=row, leader=by, held_on=ON, by=by, at=AT).pk,
        "training": save_training(candidacy=row, planned=planned, by=by, at=AT).pk,
        "kept_document": "positioning_booklet",
        "pathway_step": "practice",
    }


def _proved(row: Candidacy) -> dict[str, object]:
    """Evidence submitted and shared, a link to vouch for it, a moment at work, all of the candidate's."""
    submitted, shared = proofs.filed(row, "C1"), proofs.evidence(row, proofs.ZONE.SHARED)
    for zone in proofs.STEPS[proofs.ZONE.SUBMITTED]:
        revision = submitted.revision
        submitted = move_evidence(evidence=submitted, zone=zone, by=row.candidate, at=AT, revision=revision)
    link, _secret = ask_vouching(evidence=shared, email="b@example.org", bearer="B", by=row.candidate, at=AT)
    return {
        "evidence_kind": "document",
        "evidence_zone": "private",
        "submitted_evidence": submitted.pk,
        "shared_evidence": shared.pk,
        "vouching_link": link.pk,
        "moment_kind": "situation",
        "moment": proofs.lived(row, Moment.Kind.SITUATION).pk,
    }


def _apprenticed(cast: Cast) -> dict[str, object]:
    """A file under a contract of apprenticeship: its contract, an entry of its candidate's, a visit to come."""
    row = apprentices.apprenticed(cast)
    _shared(row, cast.evaluator, Role.EVALUATOR, cast.secretary)
    return {
        "apprenticed": row.pk,
        "contract": apprentices.signed(cast, row, tutor_person=None).pk,
        "liaison": apprentices.wrote(row, cast.candidate).pk,
        "visit": apprentices.planned(cast, row).pk,
    }


def _sat(cast: Cast, row: Candidacy) -> dict[str, object]:
    """A sitting held on an old application, who assessed it, and a result written."""
    sitting = Sitting.objects.create(candidacy=row, method="assessment", number=1, starts_at=AT, planned_at=AT)
    named = Evaluator.objects.create(sitting=sitting, person=cast.evaluator, actor="external_evaluator")
    line = {"kind": "competence", "code": "C1", "is_acquired": True}
    result = Result.objects.create(candidacy=row, sitting=sitting, settled_at=AT, **line)
    return {"sitting": sitting.pk, "named_evaluator": named.pk, "result": result.pk}


def _convened(cast: Cast, row: Candidacy) -> dict[str, object]:
    """A jury to come on an old application, with who sits, the act that names them, and somebody else in the pool."""
    by = cast.secretary
    pooled = [
        add_to_pool(organisation=cast.organisation, scheme=CQP, person=one, profile=Profile(), on=ON, at=AT, by=by)
        for one in (cast.jury_member, casting.person("renfort", "Renfort", "Fictif"))
    ]
    when = composing.Planned(starts_at=desk.NOW + timedelta(days=16))
    session = composing.plan_session(
        organisation=cast.organisation, certification=row.certification, jury="joint", planned=when, at=AT, by=by
    )
    seat = composing.seat_member(session=session, pool_member=pooled[0], at=AT, by=by)
    composing.nominate(
        session=session, nominated_on=ON, nominated_by="x", act=b"%PDF", filename="acte.pdf", at=AT, by=by
    )
    absence = tell_absence(member=pooled[0], from_on=ON, until_on=ON, at=AT, by=by)
    hearing = Hearing.objects.create(session=session, candidacy=row, position=1)
    Tie.objects.create(hearing=hearing, member=seat, links=[], declared_at=AT)
    return {
        "jury_session": session.pk,
        "jury_method": "final_interview",
        "jury_seat": seat.pk,
        "jury_hearing": hearing.pk,
        "pooled": pooled[0].pk,
        "in_reserve": pooled[1].pk,
        "absence": absence.pk,
    }


def _minuted(cast: Cast, row: Candidacy) -> dict[str, object]:
    """Sessions whose only candidate was excused: open, then drawn, signed, closed, published, one of each."""
    given: dict[str, object] = {}
    for number, step in enumerate(("open", "drawn", "signed", "closed", "told")):
        session, hearing = _heard(cast, row, number)
        given[f"jury_{step}"], given[f"hearing_{step}"] = session.pk, hearing.pk
        if step == "open":
            continue
        minutes = minuting.draw_minutes(session=session, at=desk.NOW, by=cast.secretary)
        given[f"minutes_{step}"] = minutes.pk
        chair = session.members.get()
        if step == "drawn":
            given["seat_drawn"] = chair.pk
            _link, given["to_sign"] = signing.ask_signature(
                minutes=minutes, member=chair, at=desk.NOW, by=cast.secretary
            )
            continue
        signing.sign_minutes(minutes=minutes, member=chair, assurance=Assurance.PASSWORD, at=desk.NOW)
        if step == "signed":
            continue
        minuting.close_minutes(minutes=minutes, by=chair.person, at=desk.NOW, on=desk.TODAY)
        if step == "told":
            publish_results(session=session, at=desk.NOW, on=desk.TODAY, by=cast.secretary)
    return given


def _awarded(cast: Cast) -> dict[str, object]:
    """A certificate of somebody who has nothing else here, and another that is suspended."""
    awards.housed(cast, FEST)
    who, other = (casting.person(name, name.title(), "Fictive") for name in ("diplomee", "certifiee"))
    made, shut = (
        awards.given(awards.decided(cast, FEST, "continuing", "full", ("A1-C1",), who=one), cast.manager)[0]
        for one in (who, other)
    )
    suspend(certificate=shut, reason="Un doute.", by=cast.manager, at=desk.NOW)
    awards.housed(cast, MASTER)
    (held, *_blocks) = awards.given(awards.decided(cast, MASTER, "student", "full", ("BC01",)), cast.manager)
    Candidacy.objects.filter(pk=held.candidacy_id).update(status="withdrawn", closed_at=AT)  # another is opened
    prove(desk.NOW)
    share, secret = share_certificate(
        certificate=held, ends_at=desk.NOW + timedelta(days=30), by=held.candidacy.candidate, at=desk.NOW
    )
    return {
        "shared_secret": secret,
        "share": share.pk,
        "certificate": made.pk,
        "verified_number": grouped(made.number),
        "suspended_certificate": shut.pk,
        "held_certificate": held.pk,
        "language": "en",
        "counted_year": desk.TODAY.year,
        "followup_token": _asked(made.candidacy),
    }


def _asked(row: Candidacy) -> str:
    """The link of a holder who was asked what they became."""
    later = [ON + timedelta(days=days) for days in (0, 180, 720)]
    days = dict(zip(("due_on", "closes_on", "kept_until"), later, strict=True))
    asked = Followup.objects.create(
        certification=row.certification, candidacy=row, wave=6, year=2025, state="asked", asked_at=AT, **days
    )
    return token_of(asked.pk)


def _transmitted(cast: Cast) -> dict[str, object]:
    """A line to send, one in a file, one set aside, one refused and one to withdraw."""
    ready, sent, aside, refused, gone = transmissions.ready(cast, 5)
    told: dict[str, Any] = {"by": cast.manager, "at": desk.NOW}
    for line in (ready, sent, aside):
        exclude(line=line, reason="Plus tard.", **told)
    batch = transmissions.batched(cast)
    ids = dict(batch.sendings.values_list("line", "technical_id"))
    content = transmissions.answer(batch, [ids[gone.pk]], {ids[refused.pk]: [transmissions.IDENTITY]})
    transmissions.answered(cast, batch, content)
    revoke(certificate=gone.certificate, reason="Fraude.", **told)
    take_back(line=sent, **told)
    batch = transmissions.batched(cast)
    take_back(line=ready, **told)
    transmissions.noticed()
    lines = {"line": ready, "excluded_line": aside, "refused_line": refused, "line_to_withdraw": gone}
    return {"batch": batch.pk, **{name: one.pk for name, one in lines.items()}}


def _recommended(cast: Cast) -> dict[str, object]:
    """What a neighbour says of the body, for everybody to read, and what the body said of it once."""
    body, other, before = cast.organisation, cast.other_organisation, desk.TODAY - timedelta(days=3)
    certification = cast.certification(TITLE)
    House.objects.create(
        organisation=other, certification=certification, issuer=other, place="x", signatory="x", signatory_title="x"
    )
    said: dict[str, Any] = {"words": "x", "from_on": before}
    signed: dict[str, Any] = {"by": cast.manager, "at": desk.NOW, "on": before}
    received = recommend(endorser=other, said=Said(endorsed=body, **said), **signed)
    given = recommend(endorser=body, said=Said(endorsed=other, **said, until_on=before), **signed)
    sign_recommendations(here(), desk.NOW)
    accept(recommendation=received, **signed)
    return {"recommendation": received.pk, "recommendation_given": given.pk}


def _heard(cast: Cast, row: Candidacy, number: int) -> tuple[JurySession, Hearing]:
    """An open session, chaired by the member of the jury, and its candidate excused."""
    session = composing.plan_session(
        organisation=cast.organisation,
        certification=row.certification,
        jury="joint",
        planned=composing.Planned(starts_at=desk.NOW + timedelta(minutes=number)),
        at=AT,
        by=cast.secretary,
    )
    known = PoolMember.objects.get(person=cast.jury_member)
    seat = composing.seat_member(session=session, pool_member=known, at=AT, by=cast.secretary, is_chair=True)
    seat.presence = "present"
    seat.save(update_fields=["presence"])
    session.opened_at, session.opening = desk.NOW, {}
    session.save(update_fields=["opened_at", "opening"])
    hearing = Hearing.objects.create(
        session=session,
        candidacy=row,
        position=1,
        verdict="excused",
        decided_at=desk.NOW,
        decided_by=cast.jury_member,
        sat={},
    )
    return session, hearing


def _shared(row: Candidacy, to: Person, role: Role, by: Person) -> FileAccess:
    return sharing.grant_access(candidacy=row, person=to, role=role, by=by, at=AT, on=ON)


def _erasing(cast: Cast, row: Candidacy) -> RetentionRun:
    """What the rules would erase today: the draft of somebody who never came back."""
    body, kind = cast.organisation, RetentionRule.Kind.DRAFTS
    casting.opened(casting.person("ancien", "Ancien", "Oublié"), row.certification, at=AT - timedelta(days=730))
    set_retention(organisation=body, kind=kind, months=12, basis="Bureau.", by=cast.manager, at=AT)
    return prepare_retention(organisation=body, by=cast.manager, at=desk.NOW, on=desk.TODAY)


def _refused(cast: Cast) -> Candidacy:
    row = casting.deposited(casting.opened(cast.candidate, cast.certification(TITLE)))
    depositing.accept_application(candidacy=row, by=cast.secretary, at=AT, on=ON)
    return decided(cast, row, is_favourable=False)


def _links(row: Candidacy, version: DocumentVersion) -> list[tuple[Link, str]]:
    subjects = ((ATTEST, subject_of(row.experiences.get()), ""), (SIGN, version.pk, "tutor"))
    return [
        make_link(act=act, subject=subject, email="a@example.org", bearer="A", at=AT, by=row.candidate, quality=quality)
        for act, subject, quality in subjects
    ]


def _reminder(cast: Cast) -> Reminder:
    return Reminder.objects.create(
        organisation=cast.organisation, status="received", audience="candidate", after="due", days=7,
        subject="x", words="x",
    )  # fmt: skip


def addresses() -> set[tuple[str, int]]:
    """Every address: its name, its audience before it (without a name, what it matches); and how much it names."""
    return set(_walk(get_resolver(), "", 0))


def _walk(resolver: URLResolver, before: str, count: int) -> Iterator[tuple[str, int]]:
    for one in resolver.url_patterns:
        names = count + one.pattern.regex.groups
        if isinstance(one, URLResolver):
            yield from _walk(one, f"{before}{one.namespace}:" if one.namespace else before, names)
        else:
            yield (f"{before}{one.name}" if one.name else f"unnamed {one.pattern}"), names


UNNAMED = {f"unnamed social/{one}/" for one in ("login/cancelled", "login/error", "signup", "connections")}
"""Old addresses of the sign-in library, which only lead to the new ones."""


def test_the_table_is_complete() -> None:
    told = {(named(entry), len(line.args.split())) for entry, line in {**TABLE, **ACCOUNT}.items()}
    assert {one for one in addresses() if one[0] not in UNNAMED} == told


def named(entry: str) -> str:
    """The name of the address of that line; several share one when they name more or fewer things."""
    return entry.partition(" of ")[0]


def url_of(entry: str, line: Line, given: dict[str, object]) -> str:
    """The address, given what it needs."""
    return reverse(named(entry), args=[given[one] for one in line.args.split()])


def is_sent_to_sign_in(answer: HttpResponseBase) -> bool:
    """Whether whoever asked must sign in first."""
    return answer.status_code == 302 and urlsplit(answer.headers["Location"]).path == reverse("account_login")


def fault(line: Line, role: str, method: str, answer: HttpResponseBase) -> str:
    """What is wrong with that answer; nothing when it is the one expected."""
    code = answer.status_code
    is_other_method = (line.methods, method) in (("get", "post"), ("post", "get"))
    if is_other_method and code == 405 and role != "anonymous":
        return ""  # told to everybody alike, before anything is looked up
    if line.who is NOBODY:
        return "" if code in (404, 405) else f"{code} instead of 404"
    if role not in line.who:
        if role == "anonymous":
            return "" if is_sent_to_sign_in(answer) else f"{code} instead of the sign-in"
        expected = 404 if line.args or role in line.hidden else 403
        return "" if code == expected else f"{code} instead of {expected}"
    if is_other_method:
        return "" if code == 405 else f"{code} instead of 405"
    if is_sent_to_sign_in(answer) and role != "anonymous" and line not in ACCOUNT.values():
        return "sent to sign in"
    allowed = IN | line.also | frozenset({405} if line.methods == "any" else ())
    if line.methods in ("get", "both") and method == "get":
        allowed = frozenset({200, 302, 410}) | line.also
    return "" if code in allowed else f"{code}, not let in"


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", ROLES)
def test_everybody_is_answered_as_the_table_says(
    world: World, signed_in: Callable[[Person], Client], role: str, method: str
) -> None:
    client = Client(raise_request_exception=False) if role == "anonymous" else signed_in(world.people[role])
    client.raise_request_exception = False
    faults = []
    for name, line in {**TABLE, **ACCOUNT}.items():
        with transaction.atomic():
            answer = getattr(client, method)(url_of(name, line, world.given))
            if answer.streaming:
                b"".join(answer.streaming_content)
            transaction.set_rollback(True)
        if wrong := fault(line, role, method, answer):
            faults.append(f"{name}: {wrong}")
        if name == "account_logout" and role != "anonymous":
            client = signed_in(world.people[role])
            client.raise_request_exception = False
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options", "head"])
def test_other_methods_never_end_in_an_error(world: World, signed_in: Callable[[Person], Client], method: str) -> None:
    clients = {role: signed_in(world.people[role]) for role in READERS}
    for name, line in TABLE.items():
        client = clients[next((role for role in READERS if role in line.who), READERS[0])]
        client.raise_request_exception = False
        with transaction.atomic():
            answer = getattr(client, method)(url_of(name, line, world.given))
            transaction.set_rollback(True)
        assert answer.status_code < 500 or (name, answer.status_code) == ("health", 503), name


@pytest.mark.parametrize("role", ["candidate", "secretary", "administrator"])
def test_an_address_that_only_takes_forms_leads_to_a_page_that_opens(
    world: World, signed_in: Callable[[Person], Client], role: str
) -> None:
    client = signed_in(world.people[role])
    for name, line in TABLE.items():
        if line.methods != "post" or role not in line.who:
            continue
        shown = client.get(url_of(name, line, world.given))
        assert shown.status_code == 405, name
        if name == "verification:api":  # it speaks to programs
            assert shown.headers["Content-Type"] == "application/problem+json"
            continue
        led = re.search(r'<a class="btn primary" href="([^"]+)"', shown.content.decode())
        assert led, name
        answer = client.get(led[1], follow=True)
        assert (answer.status_code, answer.headers.get("Content-Disposition")) == (200, None), (name, led[1])
