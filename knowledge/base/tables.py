"""Tables of the knowledge base; they never leave this package."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# One line per record (call, resource, event, term) with the number of the version that is live.
record = Table(
    "record",
    metadata,
    Column("id", String(120), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("summary", JSON, nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
)

# Every publication, never changed afterwards.
record_version = Table(
    "record_version",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("record_id", String(120), ForeignKey("record.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("content", JSON, nullable=False),
    Column("checksum", String(64), nullable=False),
    Column("author", String(120), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("changes", JSON, nullable=False),
    UniqueConstraint("record_id", "number"),
)

# The words of the document that a record comes from, cut into passages; `passage_set` names their version and source.
passage = Table(
    "passage",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("record_id", String(120), ForeignKey("record.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("section", Text),
    Column("lead", Text, nullable=False),
    Column("text", Text, nullable=False),
    Index("ix_passage_record_id", "record_id"),
)
passage_set = Table(
    "passage_set",
    metadata,
    Column("record_id", String(120), ForeignKey("record.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("source", String(300), nullable=False),
    Column("checksum", String(64), nullable=False),
    Column("loaded_at", DateTime(timezone=True), nullable=False),
)

# A single line, incremented by every publication: readers compare it to know that they must reload.
revision = Table(
    "revision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Integer, nullable=False),
)

# Questions that got no answer, masked, for the agents.
unanswered_question = Table(
    "unanswered_question",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("text", Text, nullable=False),
    Column("record_id", String(120)),
    Column("topic", String(60)),
    Column("reason", String(40), nullable=False),
    Column("conversation", String(64)),
    Index("ix_unanswered_question_asked_at", "asked_at"),
    Index("ix_unanswered_question_conversation", "conversation"),
)

# Pre-qualification dossiers: kept with consent, opened by a code of which only the hash is here.
dossier = Table(
    "dossier",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("reference", String(20), nullable=False, unique=True),
    Column("code_hash", String(200), nullable=False),
    # No foreign key: withdrawing a call does not erase what applicants prepared for it.
    Column("record_id", String(120), nullable=False),
    Column("content", JSON, nullable=False),
    Column("version", Integer, nullable=False),
    Column("consent", String(40), nullable=False),
    Column("consented_at", DateTime(timezone=True), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("wrong_guesses", Integer, nullable=False),
    Column("locked_until", DateTime(timezone=True), nullable=True),
    Index("ix_dossier_updated_at", "updated_at"),
    Index("ix_dossier_record_id", "record_id"),
)

# The requests that created a dossier, for a day: hashes only.
dossier_request = Table(
    "dossier_request",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("body", String(64), nullable=False),
    Column("dossier_id", String(32), nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Index("ix_dossier_request_received_at", "received_at"),
)

# The conversations in which a dossier was created or opened. A line outlives its dossier until the conversation,
# which repeats parts of it, is erased as well: a crash between the two leaves a trace of what remains to be done.
dossier_session = Table(
    "dossier_session",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation", String(255), nullable=False),
    Column("dossier_id", String(32), nullable=False),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("conversation", "dossier_id"),
    Index("ix_dossier_session_dossier_id", "dossier_id"),
)

# The national directory of establishments, when the operator loads its open-data file: public data, replaced whole.
finess_establishment = Table(
    "finess_establishment",
    metadata,
    Column("number", String(9), primary_key=True),
    Column("kind", String(12), nullable=False),
    Column("name", String(300), nullable=False),
    Column("other_name", String(300), nullable=False),
    Column("town", String(120), nullable=False),
    Column("place", String(120), nullable=False),
    Column("postal_code", String(10), nullable=False),
    Column("department", String(3), nullable=False),
    Column("category", String(200), nullable=False),
    Column("legal_number", String(9), nullable=False),
    Column("siret", String(14), nullable=False),
    Column("words", Text, nullable=False),
    Index("ix_finess_establishment_place", "place"),
    Index("ix_finess_establishment_department", "department"),
    Index("ix_finess_establishment_legal_number", "legal_number"),
)

# A single line: what was loaded, and when.
finess_directory = Table(
    "finess_directory",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("file", String(300), nullable=False),
    Column("loaded_at", DateTime(timezone=True), nullable=False),
    Column("count", Integer, nullable=False),
)

# What people think of an answer: no conversation, no text of theirs but the masked reason.
opinion = Table(
    "opinion",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("given_at", DateTime(timezone=True), nullable=False),
    Column("useful", Boolean, nullable=False),
    Column("why", Text, nullable=False),
    Column("record_id", String(120)),
    Column("topic", String(60)),
    Column("conversation", String(64)),
    Index("ix_opinion_given_at", "given_at"),
    Index("ix_opinion_conversation", "conversation"),
)

# The mailboxes that are served, by the hash of their address, and since when.
mail_mailbox = Table(
    "mail_mailbox",
    metadata,
    Column("mailbox", String(64), primary_key=True),
    Column("started_at", DateTime(timezone=True), nullable=False),
)

# What became of each mail: keyed hashes and states, nothing that says who wrote or what.
# IMAP numbers are unsigned 32-bit: they do not fit in PostgreSQL's INTEGER.
mail_item = Table(
    "mail_item",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mailbox", String(64), nullable=False),
    Column("uidvalidity", BigInteger, nullable=False),
    Column("uid", BigInteger, nullable=False),
    Column("message", String(64), nullable=False),
    Column("content", String(64), nullable=False),
    Column("thread", String(64), nullable=False),
    Column("sender", String(64), nullable=False),
    Column("state", String(12), nullable=False),
    Column("reason", String(60), nullable=False),
    Column("topics", JSON, nullable=False),
    Column("reply_id", String(255), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("taken_at", DateTime(timezone=True), nullable=False),
    Column("settled_at", DateTime(timezone=True), nullable=True),
    # The draft's salted traces, erased once compared with what was sent; then only the figures.
    Column("traces", Text, nullable=False),
    Column("fate", String(12), nullable=False),
    Column("similarity", Float, nullable=True),
    Column("draft_words", Integer, nullable=True),
    Column("sent_words", Integer, nullable=True),
    Column("answered_at", DateTime(timezone=True), nullable=True),
    UniqueConstraint("mailbox", "message"),
    Index("ix_mail_item_mailbox_uidvalidity_uid", "mailbox", "uidvalidity", "uid"),
    Index("ix_mail_item_mailbox_state", "mailbox", "state"),
    Index("ix_mail_item_taken_at", "taken_at"),
)
