"""Words of the dashboards."""

from app.boards.rules import Board
from app.web.words import lazy

TITLES = {
    Board.LEADER: lazy("How the service stands"),
    Board.SUPERVISOR: lazy("My section today"),
    Board.CONTRACTOR: lazy("Our company today"),
    Board.CREW: lazy("My crew today"),
    Board.OWN: lazy("My figures"),
}
VOICES = {"rating": lazy("Ratings"), "complaint": lazy("Complaints")}
