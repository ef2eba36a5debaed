from devo.cli import COMMANDS


def test_help_lists_every_command_in_order(call):
    result = call("--help")
    assert result.exit_code == 0
    listed = result.stdout.partition("Commands:")[2].split("\n")
    assert [line.split()[0] for line in listed if line.startswith("  ")][: len(COMMANDS)] == list(COMMANDS)


def test_devo_alone_prints_its_help(call):
    assert call().stdout == call("--help").stdout
    assert call().exit_code == 0


def test_the_table_names_commands_that_there_are(commands):
    assert list(dict.fromkeys(name.partition(" ")[0] for name in commands)) == list(COMMANDS)
    for name, command in commands.items():
        assert command.name == name.rpartition(" ")[2]


def test_every_command_s_help_is_a_page(call):
    for name in COMMANDS:
        result = call(name, "--help")
        assert result.exit_code == 0, name
        assert result.stdout.startswith(f"Usage: devo {name}")


def test_the_version(call):
    assert call("--version").stdout.startswith("devo ")
