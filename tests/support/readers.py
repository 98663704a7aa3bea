"""Those who read the log and the month, and how a test reads a page as one of them."""

from tests.support import builders as make


def readers() -> None:
    """Beside the people of the small world: manager, inspector, leader, admin, and a supervisor of another section."""
    make.person("meg", "contractor_manager", "clean")
    make.person("ivy", "inspector", "bureau")
    make.person("leo", "leader", "bureau")
    make.person("adm", "admin", "bureau")
    make.person("sam", "supervisor", "other")


def signed_in(app, person_id):
    client = app.test_client()
    client.sign_in(person_id)
    return client


def body(client, path):
    response = client.get(path)
    assert response.status_code == 200, f"{path} {response.status_code}"
    return response.get_data(as_text=True)
