"""The report of a scenario."""

from devo.reports.scenarios import of_scenario


def test_sentences_come_first_and_say_who_holds(scenario, call):
    report = of_scenario(scenario())
    assert not report.failed
    assert any("was promised Bus franchising" in sentence for sentence in report.sentences)
    assert any(
        "holds Bus franchising over Ashford on 1 January 2028" in sentence for sentence in report.sentences
    )
    assert report.sentences[-1] == "Everything that the scenario expects is so: 1 expectation."


def test_a_deal_of_the_scenario_is_told_as_a_change(scenario, call):
    report = of_scenario(scenario())
    assert report.sentences[0].startswith("Roads for Exampleshire (EX-2027) changes 1 power")
    ids = [section.id for section in report.sections]
    assert ids.index("changes") < ids.index("answers") < ids.index("history") < ids.index("assumptions")
    assumed = next(section for section in report.sections if section.id == "assumptions")
    assert "Taken as made, though not law: Draft order (draft)." in assumed.sentences


def test_an_expectation_unmet_is_said_and_listed(scenario, call):
    report = of_scenario(scenario("exca"))
    assert report.failed
    assert "1 of 1 expectation unmet; they are listed below." in report.sentences
    first = report.sections[0]
    assert first.id == "expected"
    said = first.tables[0].said()
    assert any("exca" in cell for cell in said[0])


def test_what_is_not_sure_enough_is_left_out_and_counted(scenario, call):
    sure = of_scenario(scenario(), keeps=lambda confidence: confidence != "unsure")
    held = next(table for table in sure.tables if table.caption.startswith("What Carley"))
    assert not any("Skills" in cell for row in held.said() for cell in row)
    assert any("less sure than asked for" in note for note in held.notes)


def test_every_law_in_a_table_is_in_the_sources(scenario, call):
    report = of_scenario(scenario())
    laws = {
        value
        for table in report.tables
        for row in table.rows
        for heading, value in zip(table.headings, row, strict=True)
        if heading.kind == "law" and value
    }
    assert laws <= set(report.numbers)
    assert [source.number for source in report.sources] == list(range(1, len(report.sources) + 1))


def test_what_is_to_come_is_from_a_day_and_not_since_it(scenario, call):
    headings = {table.caption: [h.text for h in table.headings] for table in of_scenario(scenario()).tables}
    assert "From" in headings["Who holds Bus franchising in Ashford, on 1 June 2016"]
    assert "Since" in headings["Who holds Bus franchising in Ashford, on 1 January 2028"]
