import pytest

from app.accounts.rules_words import device_name

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/116.0.0.0 Mobile Safari/537.36"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (f"Mozilla/5.0 (Linux; Android 13) {CHROME} MicroMessenger/8.0", "Android · WeChat"),
        (f"Mozilla/5.0 (Linux; Android 13) {CHROME}", "Android · Chrome"),
        (f"Mozilla/5.0 (Linux; Android 13; HarmonyOS) {CHROME} HuaweiBrowser/14", "HarmonyOS · Huawei Browser"),
        (f"Mozilla/5.0 (Windows NT 10.0) {CHROME} Edg/116", "Windows · Edge"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17) Version/17 Mobile Safari/604.1", "iPhone · Safari"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0", "Linux · Firefox"),
        ("curl/8.1 " + "x" * 60, "curl/8.1 " + "x" * 31),
        ("", "?"),
    ],
)
def test_given_what_a_browser_says_when_named_then_system_and_program_stand_there(said, name):
    assert device_name(said) == name
