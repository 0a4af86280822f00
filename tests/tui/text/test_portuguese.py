"""What is said in Portuguese fits where English fits; that nothing is missing is tested for every language."""

from __future__ import annotations

import contextlib
import io
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.language import ngettext
from model.roommate.roommate import PERFECT_ROOMMATE, day_in, day_name
from model.roommate.titles import roommate_title
from model.simulation.simulation import Simulation
from model.simulation.situation import UPDATE, Situation
from model.storage.scenarios import find_scenario, shipped
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.tui.conftest import walk
from tests.tui.plain.test_course import lines
from tests.tui.screen import strips
from tests.tui.text.made_up import messages
from tui.app.app import RoommateApp
from tui.cli.main import main
from tui.cli.parser import COMMANDS
from tui.rendering.key_bar import keys
from tui.rendering.opening import LeftRun, Opening, key_line, opening, title_line
from tui.screens.palette import found
from tui.text.course import number_said
from tui.text.glyphs import ASCII, UNICODE
from tui.text.language import TEXTS, speak
from tui.text.po import Entry, entries

CODE = "pt"

_PLACES = re.compile(r"\{\{|\}\}|\{[^{}]*\}|%\(\w+\)[sr]|%[sr]")
_MARKS = ".?!:…"


@pytest.fixture(scope="module")
def catalog() -> list[Entry]:
    path = TEXTS.joinpath("locale", CODE, "LC_MESSAGES", "roommate.po")
    return [entry for entry in entries(path.read_text("utf-8"), str(path)) if entry.key]


@pytest.fixture(scope="module")
def speaking() -> Iterator[None]:
    speak(CODE)
    yield
    speak("en")


def _pairs(entry: Entry) -> Iterator[tuple[str, str]]:
    """Each form of a translation, with the English it stands for."""
    english = [entry.texts["msgid"], entry.texts.get("msgid_plural", "")]
    for at, form in enumerate(entry.forms):
        yield english[min(at, 1)] if english[1] else english[0], form


def _message(entry: Entry) -> tuple[str, ...]:
    """A message as the code has it."""
    plural = entry.texts.get("msgid_plural")
    context = entry.texts.get("msgctxt")
    texts = (entry.texts["msgid"],) if plural is None else (entry.texts["msgid"], plural)
    return ("", *texts) if context is None else ("pgettext", context, *texts)


def test_nothing_is_translated_twice_or_that_the_code_no_longer_says(catalog: list[Entry]) -> None:
    translated = Counter(map(_message, catalog))
    assert sorted(translated.keys() - messages()) == []
    assert [message for message, times in translated.items() if times > 1] == []


def test_every_form_says_something_and_is_no_guess(catalog: list[Entry]) -> None:
    assert [entry.key for entry in catalog if entry.fuzzy or not all(entry.forms)] == []
    counts = {len(entry.forms) for entry in catalog if "msgid_plural" in entry.texts}
    assert counts == {2}
    assert {len(entry.forms) for entry in catalog if "msgid_plural" not in entry.texts} == {1}


def test_thousands_have_no_english_comma(catalog: list[Entry]) -> None:
    """A Brazilian reads 1,149 as a little more than one; decimals keep the point that they are typed with."""
    assert [entry.key for entry in catalog if any(":,}" in form for form in entry.forms)] == []


def test_each_form_fills_in_all_that_its_sentence_does(catalog: list[Entry]) -> None:
    differ = [
        (english, form)
        for entry in catalog
        for english, form in _pairs(entry)
        if sorted(_PLACES.findall(english.replace(":,}", "}"))) != sorted(_PLACES.findall(form))
    ]
    assert differ == []


def test_blanks_and_ends_of_sentences_are_the_same(catalog: list[Entry]) -> None:
    """What is put together with other text needs them: an abbreviation may end with a full stop of its own."""

    def around(text: str) -> tuple[str, ...]:
        blanks = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        return (*blanks, text[-1] if text[-1] in _MARKS and " " in text else "")

    differ = [
        (english, form) for entry in catalog for english, form in _pairs(entry) if around(english) != around(form)
    ]
    assert [pair for pair in differ if not re.search(r"\b(ant|atualiz|esquec)\.$", pair[1])] == []


def test_nothing_in_it_steers_a_terminal_and_seven_bits_can_draw_it(catalog: list[Entry]) -> None:
    forms = [form for entry in catalog for form in entry.forms]
    assert [form for form in forms if any(not one.isprintable() and one != "\n" for one in form)] == []
    signs = re.compile("[\U0001f35d\U0001f31e]")  # pictures stand in sentences about pictures
    assert [form for form in forms if not signs.search(form) and not ASCII.text(form).isascii()] == []


def test_a_number_has_its_form(speaking: None) -> None:
    forms = "Unrolled over {days:,} day", "Unrolled over {days:,} days"
    one, several = "Desenrolado em {days} dia", "Desenrolado em {days} dias"
    assert [ngettext(*forms, number) for number in (0, 1, 2, 1_000_000)] == [one, one, several, several]


def said(*words: str) -> tuple[int, str]:
    """What a command prints on both streams, and its exit status."""
    both, status = io.StringIO(), 0
    with contextlib.redirect_stdout(both), contextlib.redirect_stderr(both):
        try:
            status = main([*words, "--lang", CODE])
        except SystemExit as end:
            status = int(end.code or 0)
    return status, both.getvalue()


@pytest.mark.parametrize("command", ["", *COMMANDS, "scenario new", "scenario check", "scenario list"])
def test_help_is_portuguese_and_eighty_columns_wide(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    status, output = said(*command.split(), "--help")
    assert status == 0
    assert output.startswith("uso: roommate-tui")
    assert "mostra esta ajuda e sai" in output
    assert max(map(len, output.splitlines())) <= 80


@pytest.mark.parametrize(
    ("command", "status", "words"),
    [
        ("cook --weather sunny,snowy", 2, "Dia 2: 'snowy' não é um clima"),
        ("train --learning-rate 0", 2, "precisa ser mais que 0"),
        ("cook --weights nowhere.json", 3, "nowhere.json"),
        ("--day 99", 2, "não existe esse dia; há 6 dias na semana"),
        ("cooc", 2, "não é um comando"),
        ("cook --seed 1 --nothing", 2, "'--nothing' não era esperado aqui"),
    ],
)
def test_errors_are_portuguese_and_end_as_in_english(command: str, status: int, words: str) -> None:
    ended, output = said(*command.split())
    assert output.startswith("roommate-tui: ")
    assert words in output
    assert ended == status


def test_in_seven_bits_letters_lose_their_accents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"n\nmap\nhelp\nquit\n"), encoding="utf-8"))
    _status, output = said("--plain", "--ascii", "--lesson", "3", "--no-state")
    assert output.isascii()
    assert "Licao 3" in output


RUN = LeftRun(1_234, 7, "interrompido hoje às 21:07")


@given(width=st.integers(40, 220), height=st.integers(10, 60), left=st.booleans())
def test_the_opening_and_its_keys_fit_every_size(speaking: None, width: int, height: int, left: bool) -> None:
    about = Opening(PERFECT_ROOMMATE, RUN if left else None, back=left)
    for glyphs in (UNICODE, ASCII):
        lines, places = opening(about, glyphs, width, height)
        assert len(lines) <= height
        assert all(line.cell_length <= width for line in lines)
        assert len(places) == 5
        key = key_line(about, glyphs, width)
        assert key.cell_length <= width + 1
        assert "início" in key.plain
        assert title_line(glyphs, width).cell_length <= width


def _places() -> dict[str, Simulation]:
    lessons = {f"{lesson}": Simulation(Situation(lesson=lesson), day=1, step=1) for lesson in (1, 2, 3, 5)}
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=7))
    run.advance(3)
    learning = Simulation(Situation(lesson=4, learning=run.moment(), run_id=1), revealed=True)
    back = learning.turn()
    return {
        **lessons,
        "learn": learning,
        "back": back,
        "week back": back.go_to(1, 6),
        "update": back.go_to(UPDATE, 8),
    }


@pytest.mark.parametrize(("width", "names"), [(40, 4), (80, 8)])
def test_the_bar_of_keys_names_as_many_as_in_english(speaking: None, width: int, names: int) -> None:
    for place, simulation in _places().items():
        drawn, ends = keys(simulation, UNICODE, width)
        assert len(ends) >= names, (place, drawn.plain)


async def test_at_eighty_columns_every_title_says_its_step_and_the_update_is_whole(speaking: None) -> None:
    app = RoommateApp(Simulation(Situation(lesson=3)))
    titles = {}
    async with app.run_test(size=(80, 24)) as pilot:
        for place, simulation in _places().items():
            walk(pilot).simulation = simulation
            await pilot.pause()
            titles[place] = next(line.text for line in strips(app) if "passo" in line.text)
    for place, simulation in _places().items():
        title = simulation.steps[simulation.step].title
        assert f"{title[0].upper()}{title[1:]} " in titles[place]
    assert "…" not in titles["update"]


async def test_at_forty_columns_questions_and_help_are_whole(speaking: None) -> None:
    app = RoommateApp(Simulation(Situation(lesson=3)))
    async with app.run_test(size=(40, 12)) as pilot:
        for pressed, words in {
            "O": ("Qual colega de quarto?", "Enter escolhe, Esc desiste"),
            "question_mark": ("Ajuda", "Esc fecha"),
            "E": ("A regra: colega de quarto perfeito",),
            "L": ("Carregar pesos de qual arquivo?", "completa, Esc desiste"),
        }.items():
            await pilot.press(pressed)
            await app.screen.workers.wait_for_complete()
            await pilot.pause()
            shown = "\n".join(line.text for line in strips(app))
            assert [word for word in words if word not in shown] == []
            await pilot.press("escape")


SOUGHT = {
    "ajuda": "Esta página: o que está na tela, teclas e palavras",
    "sair": "Sair do programa",
    "retropropagação": "Para trás a partir do erro do último dia, ou de novo para frente",
    "retropropagacao": "Para trás a partir do erro do último dia, ou de novo para frente",
    "configuracoes": "Ajustes do treinamento e do caminho de volta",
    "exportar": "Salvar os pesos, ou o histórico da lição 4",
    "escuro": "Tema: roommate-dark",
    "dark": "Tema: roommate-dark",
    "captura": "Salvar uma captura de tela",
    "screenshot": "Salvar uma captura de tela",
    "backprop": "Para trás a partir do erro do último dia, ou de novo para frente",
    "retreinar": "Recomeçar com a mesma semente",
    "retrain": "Recomeçar com a mesma semente",
    "fechar": "Sair do programa",
    "quit": "Sair do programa",
    "parar": "Treinar, pausar",
    "guardar": "Salvar os pesos, ou o histórico da lição 4",
    "desfazer": "Desfazer a última mudança",
    "semente": "Recomeçar com a mesma semente",
    "grafico": "Eixo linear ou logarítmico da perda",
    "perda": "Eixo linear ou logarítmico da perda",
    "ativacao": "Outra não linearidade (não na lição 4)",
    "lstm": "Ajustes do treinamento e do caminho de volta",
    "glossario": "Esta página: o que está na tela, teclas e palavras",
    "atalhos": "Esta página: o que está na tela, teclas e palavras",
    "adivinhar": "Primeiro o palpite, ou não: cada passo é perguntado antes de ser mostrado",
    "certificado": "Começar o curso, continuar de onde você estava, ou abrir uma página como 3.4",
    "tutorial": "Começar o curso, continuar de onde você estava, ou abrir uma página como 3.4",
    "adicionar": "Acrescentar um dia no fim da semana",
    "help": "Esta página: o que está na tela, teclas e palavras",
}
"""What a beginner types into the palette, with and without accents, and what is found."""


async def test_the_palette_finds_what_a_beginner_types(speaking: None) -> None:
    async with RoommateApp().run_test() as pilot:
        app = pilot.app
        assert isinstance(app, RoommateApp)
        choices = list(app.choices(app.screen))
    for typed, title in SOUGHT.items():
        assert title in [choice.title for choice in found(choices, typed)][:3], typed


def test_days_are_small_within_a_sentence_and_begin_one_with_a_capital(speaking: None) -> None:
    sentence, within = "{day}: chuva.", "O prato de {day}: burger."
    assert sentence.format(day=day_in(sentence, 0)) == "Segunda: chuva."
    assert within.format(day=day_in(within, 0)) == "O prato de segunda: burger."
    told = lines("3", "last", "N tanh", "b", "w", "course 6.1", "show me")
    days = [name for name in map(day_name, range(7)) if re.search(rf"[a-zà-ú,] {name}", told)]
    assert days == []
    assert "terça e quarta" in told


def test_numbers_in_sentences_are_read_as_numbers(speaking: None) -> None:
    assert number_said(1149) == "1149"
    assert number_said(0.5) == "0.5"


def test_roommates_that_come_with_the_program_have_names_in_it_and_others_keep_theirs(speaking: None) -> None:
    names = [find_scenario(name).roommate.name for name in shipped()]
    assert [name for name in names if roommate_title(name) == name] == []
    assert roommate_title("Ana") == "Ana"
    assert "O colega de quarto agora: comedor de sopa." in lines("3", "roommate soup")
