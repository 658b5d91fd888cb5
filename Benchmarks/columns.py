"""The columns that are filled, so that one which a later version adds takes its default."""

COLUMNS = {table: names.split() for table, names in {
    "person": "id uid origin name sort_key name_fold version",
    "office": "id uid person_id unit_id title from_day to_day decision",
    "access_grant": "id uid office_id role hierarchy unit_id secrecy from_day to_day",
    "account": "person_id sign_in password language disabled changed_at",
    "api_token": "id uid digest name person_id office_id scope created_at expires_at revoked_at seen_at",
    "committee": "id uid origin unit_id host_id programme programme_key article quote version",
    "document": "id uid origin state type issuer_id issuer_name numbering issuer_sign series number sign sign_key title "
                "title_key issued_on effect_from effect_to signer signer_title capacity secrecy is_reference holder source "
                "quote withdrawn_on withdrawal_reason version",
    "document_series": "issuer_id type series last",
    "document_recipient": "document_id unit_id",
    "task": "id uid origin title title_key title_fold description lead_unit_id assigning_unit_id performer_id "
            "responsible_id leader_id authority_id document_id paragraph parent_id priority is_key pillar task_group secrecy "
            "deadline_kind due deadline_words review_on original_due start_on weight state state_before closed percent "
            "declared_on declared_by has_evidence extensions updated_at version",
    "task_unit": "task_id part unit_id",
    "task_product": "task_id position name kind criterion",
    "task_assignment": "id task_id office_id from_day to_day reason",
    "task_report": "id uid task_id act at actor text percent evidence_name evidence_url",
    "task_extension": "id uid task_id asked_at asked_by reason from_due to_due decision decided_at decided_by answer",
    "event": "id uid at person_id office_id delegation_id actor verb subject_kind subject_id subject_uid unit_id payload "
             "salt erased is_open",
    "audit_seal": "seq event_id content digest chain",
}.items()}


def listed(table: str) -> str:
    return f"{table} ({', '.join(COLUMNS[table])})"
