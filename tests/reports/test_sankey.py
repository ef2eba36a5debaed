"""Money as bands."""

from xml.etree import ElementTree

from devo.reports.sankey import MOST, THE_REST, Flow, merged, sankey

SVG = "{http://www.w3.org/2000/svg}"


def test_flows_between_the_same_are_added_and_nothing_is_lost():
    flows = [
        Flow("Ministry", "Council", 100),
        Flow("Ministry", "Council", 50),
        Flow("Council", "School", 30, 2),
    ]
    assert merged(flows) == [Flow("Ministry", "Council", 150), Flow("Council", "School", 30, 2)]


def test_more_than_can_be_drawn_are_taken_together_by_payer():
    flows = [Flow("Ministry", f"Council {n}", 1000 - n) for n in range(60)]
    drawn = merged(flows)
    assert len(drawn) == MOST
    assert sum(flow.pence for flow in drawn) == sum(flow.pence for flow in flows)
    assert drawn[-1].payee == THE_REST


def test_a_drawing_has_a_band_a_flow_and_data_is_text():
    flows = [Flow("<b>Ministry</b>", 'The "Council" & sons', 12_345_678_900), Flow("Levy", "Council", 1)]
    drawn = ElementTree.fromstring(sankey(flows, "Who pays <whom>", "s"))
    assert len(list(drawn.iter(f"{SVG}path"))) == 2
    said = "".join(drawn.itertext())
    assert '<b>Ministry</b> to The "Council" & sons: £123,456,789' in said
    assert "£123.5m" in said
    assert drawn.find(f"{SVG}title").text == "Who pays <whom>"


def test_no_money_is_an_empty_drawing():
    assert not list(ElementTree.fromstring(sankey([Flow("a", "b", 0)], "Nothing", "s")).iter(f"{SVG}path"))
