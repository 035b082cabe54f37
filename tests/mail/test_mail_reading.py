"""Any bytes are read as a mail: never an error, in bounded time."""

from __future__ import annotations

import base64
import re
import time
from datetime import datetime, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.mail.message import Address, Attachment, Link
from bot.mail.parts import MAX_BODY
from bot.mail.reading import read

CORPUS = Path(__file__).with_name("corpus")
HEAD = b"From: A <a@b.example>\nTo: qvct@ars.example\nSubject: x\nMessage-ID: <1@b.example>\n"


def corpus(name: str) -> bytes:
    return (CORPUS / f"{name}.eml").read_bytes()


def test_headers_are_decoded_and_addresses_told_apart() -> None:
    mail = read(
        b'From: =?utf-8?Q?Ren=C3=A9e?= <Renee@Chene.EXAMPLE>\nTo: Qvct@ars.example, "B, C" <b@c.example>\n'
        b"Cc: d@e.example\nReply-To: f@g.example\nDate: Mon, 2 Nov 2026 10:00:00 +0400\nMessage-ID: <1@x>\n"
        b"In-Reply-To: <3@x>\nReferences: <1@y>\n <2@y>\nSubject: =?iso-8859-1?Q?d=E9lai?=\n\nBonjour\n"
    )
    assert mail.sender == Address("renee@chene.example", "Renée")
    assert mail.to == (Address("qvct@ars.example"), Address("b@c.example", "B, C"))
    assert mail.cc == (Address("d@e.example"),)
    assert mail.reply_to == Address("f@g.example")
    assert mail.references == ("<1@y>", "<2@y>", "<3@x>")
    assert mail.thread == "<1@y>"
    assert mail.sent_at == datetime(2026, 11, 2, 6, tzinfo=timezone.utc)
    assert mail.subject == mail.header("Subject") == "délai"
    assert mail.body.strip() == "Bonjour"


def test_a_letter_cut_between_two_encoded_words_is_whole() -> None:
    assert read(corpus("charset_split_words")).subject == (
        "Dépôt de candidature à La Réunion – question préalable à l'envoi"
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("charset_latin1", "À défaut, à qui s'adresser"),
        ("charset_cp1252", "L’appel QVCT La Réunion précise-t-il une heure limite le dernier jour…"),
        ("charset_wrong", "l’aide de l’AMI 2019 des Hauts-de-France devait-elle être versée"),
        ("charset_unknown", "l’accompagnement de La Réunion"),
        ("charset_undeclared_utf8", "Les thématiques sont-elles données"),
        ("charset_utf7", "dépôt à La Réunion"),
        ("charset_base64", "l’attractivité des métiers"),
        ("charset_flowed", "suivre tout l'accompagnement de l'appel"),
    ],
)
def test_any_charset_gives_the_text(name: str, words: str) -> None:
    assert words in read(corpus(name)).body


def test_headers_in_raw_bytes_are_guessed() -> None:
    mail = read("From: Zoé <z@y.example>\nSubject: Délai prolongé ?\n\nx".encode("cp1252"))
    assert (mail.subject, mail.sender) == ("Délai prolongé ?", Address("z@y.example", "Zoé"))


@pytest.mark.parametrize("charset", ["punycode", "idna", "unicode_escape", "zlib", "rot13", "\xff", "x" * 500])
def test_a_codec_that_is_no_charset_is_not_used(charset: str) -> None:
    head = HEAD + f"Content-Type: text/plain; charset={charset}\n\n".encode("latin-1")
    assert read(head + b"abc\\u0041").body == "abc\\u0041"


def test_a_guessed_charset_is_told() -> None:
    assert read(corpus("charset_wrong")).problems == ("charset",)
    assert read(corpus("charset_cp1252")).problems == ()


def test_html_becomes_the_text_that_is_seen() -> None:
    page = (
        "<html><head><title>t</title><style>p{}</style></head><body><!-- c --><p>Un&nbsp;: <b>deux</b></p>"
        "<ul><li>a</li><li>b</li></ul><ol><li>c</li><li>d</li></ol><div hidden>caché</div>"
        "<p style='display: none'>caché</p><table><tr><td>e</td><td>f</td></tr></table>"
        "<blockquote>g<br>h<blockquote>i</blockquote></blockquote><script>j</script>"
        "<a href='https://www.ars.example/x?y'>le site</a></body></html>"
    )
    mail = read(HEAD + b"Content-Type: text/html; charset=utf-8\n\n" + page.encode())
    assert mail.html_only
    assert mail.body.replace("\u00a0", " ").split("\n") == [
        *["Un : deux", "", "- a", "- b", "1. c", "2. d", "e | f", "> g", "> h", "> > i", "le site"]
    ]
    assert mail.links == (Link("le site", "www.ars.example"),)


def test_the_plain_text_is_preferred_unless_it_is_a_stub() -> None:
    assert "finance-t-elle" in read(corpus("html_stub_alternative")).body
    alternative = (
        HEAD + b"Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n%s\n"
        b"--b\nContent-Type: text/html\n\n<p>html</p>\n--b--\n"
    )
    assert read(alternative % b"texte").body == "texte"
    assert not read(alternative % b"texte").html_only
    assert read(alternative % b" ").body == "html"
    assert read(alternative % b" ").html_only


def test_hidden_text_scripts_and_styles_are_not_read() -> None:
    assert "31 décembre" not in read(corpus("html_hidden_text")).body
    body = read(corpus("attack_script")).body
    assert body == "Bonjour, quelle est l'adresse de dépôt de l'appel QVCT La Réunion ?"


def test_a_mail_attached_to_another_is_read_as_a_forward() -> None:
    mail = read(corpus("forward_attached"))
    assert "Message transféré ----------\nDe : Basile Quint <b.quint@aisne.example>" in mail.body
    assert "Quelle était la date limite" in mail.body
    assert [(part.name, part.content_type) for part in mail.attachments] == [("AMI 2019.eml", "message/rfc822")]


def test_attachments_are_listed_without_their_folders() -> None:
    assert read(corpus("attachment_odd_names")).attachments == (
        Attachment("passwd", "application/octet-stream", 50),
        Attachment("cmd.exe", "application/octet-stream", 60),
        Attachment("délibération CSE.pdf", "application/pdf", 809),
    )


def test_a_logo_shown_in_the_text_and_a_signature_are_no_attachment() -> None:
    assert read(corpus("attachment_logo")).attachments == ()
    assert read(corpus("signed_smime")).attachments == ()


def test_a_mail_without_identifier_gets_one_of_its_own_always_the_same() -> None:
    raw = corpus("no_message_id")
    assert re.fullmatch(r"<[0-9a-f]{32}@no-message-id>", read(raw).message_id)
    assert read(raw).message_id == read(raw).message_id
    assert read(raw.replace(b"Bonjour", b"Bonsoir")).message_id != read(raw).message_id


def test_a_header_cannot_make_another() -> None:
    mail = read(corpus("attack_header_injection"))
    assert "bcc" not in mail.headers
    assert not any("\n" in value or "\r" in value for values in mail.headers.values() for value in values)
    assert mail.reply_to is not None
    assert mail.reply_to.email == "curieux@boite.example"


def test_controls_and_directions_are_removed() -> None:
    mail = read(HEAD + "Content-Type: text/plain; charset=utf-8\n\na\0b\u202ec\u200bd\x1be\n".encode())
    assert mail.body.strip() == "abcde"


@pytest.mark.parametrize("name", ["human_smime", "human_pgp_mime", "human_pgp_inline"])
def test_an_encrypted_mail_is_recognised(name: str) -> None:
    assert "encrypted" in read(corpus(name)).problems


def _nested(levels: int) -> bytes:
    return b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level) for level in range(levels)
    )


PARTS = b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 10_000 + b"--b--\n"
HTML = b"Content-Type: text/html\n\n"
BOMBS = {
    "ten thousand parts": (PARTS, "too_large"),
    "a thousand levels": (_nested(1000) + b"\nx\n", "nesting"),
    "many lines deep down": (_nested(150) + b"\n" + b"x\n" * 500_000, "nesting"),
    "twenty megabytes of text": (b"\n" + b"bonjour tout le monde, voici\n" * 700_000, "too_large"),
    "a line of twenty megabytes": (b"\n" + b"bonjour " * 2_500_000, "too_large"),
    "twenty million lines": (b"\n" * 20_000_000, "too_large"),
    "four million headers": (b"X: y\n" * 4_000_000 + b"\nx", "too_large"),
    "a subject of encoded words": (b"X-Subject: " + b"=?utf-8?q?=C3=A9?= " * 100_000 + b"\n\nx", None),
    "two hundred thousand recipients": (b"Cc: " + b"a@b.example, " * 200_000 + b"\n\nx", None),
    "comments without end": (b"Reply-To: " + b"(" * 1_000_000 + b"\n\nx", None),
    "parameters without end": (b"Content-Type: text/plain; " + b'a=";' * 100_000 + b"\n\nx", None),
    "html: brackets": (HTML + b"<" * 2_000_000, "too_large"),
    "html: open quotes": (HTML + b'<a b="' * 300_000, "too_large"),
    "html: open comments": (HTML + b"<!--" * 500_000, None),
    "html: declarations": (HTML + b"<![a>" * 400_000, None),
    "html: quotes in quotes": (HTML + b"<blockquote>" * 160_000, None),
    "html: references": (HTML + b"&#x41" * 400_000, "too_large"),
    "an attachment of twenty megabytes": (
        b"Content-Type: application/pdf\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(b"x" * 20_000_000),
        None,
    ),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_mail_bomb_takes_a_bounded_time(kind: str) -> None:
    rest, problem = BOMBS[kind]
    start = time.perf_counter()
    mail = read(HEAD + rest)
    assert time.perf_counter() - start < 10
    assert mail.subject == "x"
    assert len(mail.body) <= MAX_BODY + 10
    assert mail.problems == ((problem,) if problem else ())


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=2_000))
def test_no_bytes_raise(raw: bytes) -> None:
    assert re.fullmatch(r"<[^<>\s]+>", read(raw).message_id)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_damaged_mail_raises(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(file.stem for file in CORPUS.glob("*.eml") if file.stat().st_size < 8_000)))
    raw = bytearray(corpus(name))
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=20))
    mail = read(bytes(raw))
    assert len(mail.body) <= len(raw) * 2 + 200
    assert not re.search(r"[\x00-\x08\u202a-\u202e\ud800-\udfff]", mail.body + mail.subject)
