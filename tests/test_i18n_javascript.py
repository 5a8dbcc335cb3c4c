"""Sentences are found in JavaScript as it is really written, and only there."""

import pytest

from live.i18n.catalogue import KEYWORDS
from live.i18n.javascript import Msgid, Unreadable, extract_javascript


def found(source: str) -> list[Msgid]:
    return list(extract_javascript(source, KEYWORDS))


@pytest.mark.parametrize(
    "source",
    [
        """_("Join")""",
        """_('Join')""",
        """_( "Jo" + 'in', { n: 1 } )""",
        """const x = N_("Join");""",
        """html`<b>${_("Join")}</b>`""",
        """html`<b title="it's">Don't ${_("Join")}</b>`""",
        """html`<b>${x ? html`<i>${y.map((z) => html`${_("Join")}`)}</i>` : ""}</b>`""",
        """html`${{ a: { b: 1 } }.a.b} ${_("Join")}`""",
        """const re = /[`"'/]/g; _("Join")""",
        """x.replace(/"/g, "'"); _("Join")""",
        """const half = total / 2 / n; _("Join")""",
        """`\\`${a}\\${b}` ; _("Join")""",
        """/* _("Comment") */ _("Join") // _("Comment")""",
        """"_(\\"Text\\")"; _("Join")""",
    ],
)
def test_the_sentence_is_found(source: str) -> None:
    assert found(source) == ["Join"]


@pytest.mark.parametrize(
    "source",
    [
        """import { _ } from "./i18n.js";""",
        """export function _(msgid, params) { return msgid; }""",
        """class A { _(msgid) { return 1 } }""",
        """other_("Join"); a._("Join")""",
        """html`_("Join")`""",
    ],
)
def test_nothing_is_found_where_nothing_is_said(source: str) -> None:
    assert found(source) == []


def test_a_plural_gives_both_forms() -> None:
    assert found("""ngettext("{n} vote", "{n} votes", n)""") == [("{n} vote", "{n} votes")]


def test_escapes_are_read_as_javascript_reads_them() -> None:
    assert found(r"""_("a \"b\" \u4f60") + _('it\'s "so"')""") == ['a "b" 你', 'it\'s "so"']


@pytest.mark.parametrize("source", ["_(name)", "_(`Join`)", "_(`Join ${name}`)", '_("Join " + name)'])
def test_a_sentence_put_together_at_run_time_is_an_error(source: str) -> None:
    with pytest.raises(Unreadable):
        found(source)
