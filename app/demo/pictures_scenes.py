"""What stands in a demo picture: one simple scene a kind of point."""

from collections.abc import Callable

from app.demo.pictures_scene import HEIGHT, WIDTH, Scene


def restroom(scene: Scene) -> None:
    """Basins under mirrors, or cubicles where the step is about toilets."""
    scene.room("#dfe8ea", "#b9c4c6", 290, 40)
    if "便" in scene.step or scene.chance.random() < 0.25:
        for number in range(3):
            scene.box(40 + number * 195, 60, 165, 270, scene.chance.choice(("#8fb7b0", "#9db4c4", "#c8b79a")), 4)
            scene.pen.ellipse((180 + number * 195, 190, 192 + number * 195, 202), fill="#59666b")
    else:
        scene.box(30, 245, 580, 46, "#f4f1ea")
        for number in range(3):
            x = 60 + number * 190
            scene.box(x, 60, 140, 140, "#c7dde3", 6)
            scene.pen.line((x + 20, 180, x + 110, 80), fill=(255, 255, 255, 120), width=10)
            scene.pen.ellipse((x + 10, 236, x + 130, 276), fill="#ffffff", outline="#aab4b6", width=3)
            scene.pen.rounded_rectangle((x + 62, 212, x + 78, 248), 5, fill="#9aa7ab")
    scene.box(540, 340, 60, 80, "#5c7f8f")
    scene.fault()


def pantry(scene: Scene) -> None:
    """A counter with a boiler and cups."""
    scene.room("#eee7da", "#b8a890", 310, 0)
    scene.box(30, 235, 580, 110, "#a98d6b")
    scene.box(60, 90, 110, 150, "#cfd5d8")
    scene.pen.rectangle((80, 110, 150, 140), fill="#1f3a3a")
    scene.pen.text((90, 114), f"{scene.chance.randint(91, 98)}", fill="#7cf7b5")
    scene.pen.rounded_rectangle((108, 205, 122, 232), 4, fill="#8b969a")
    for number in range(scene.chance.randint(3, 6)):
        scene.box(230 + number * 55, 196, 36, 42, scene.chance.choice(("#ffffff", "#d9e6ef", "#f3d9b6")), 6)
    scene.pen.rounded_rectangle((220, 60, 590, 160), 6, fill="#c9b394", outline=(0, 0, 0, 60))
    scene.pen.line((405, 60, 405, 160), fill=(0, 0, 0, 70), width=3)
    scene.fault()


def lift(scene: Scene) -> None:
    """The car with its panel and handrail."""
    scene.room("#c9ced1", "#8d8478", 360, 0)
    for x in (120, 250, 380, 510):
        scene.pen.line((x, 0, x, 360), fill=(0, 0, 0, 50), width=3)
    scene.pen.rounded_rectangle((60, 250, 500, 264), 7, fill="#8f989c")
    scene.box(530, 110, 76, 190, "#777f83", 6)
    for row in range(4):
        for column in range(2):
            lit = scene.chance.random() < 0.15
            x, y = 544 + column * 30, 150 + row * 34
            scene.pen.ellipse((x, y, x + 20, y + 20), fill="#ffd36b" if lit else "#dfe3e5")
    scene.pen.rectangle((544, 120, 592, 142), fill="#10201f")
    scene.pen.text((562, 124), str(scene.chance.randint(1, 8)), fill="#ff7a5c")
    scene.fault()


def corridor(scene: Scene) -> None:
    """A corridor running away, with doors and a bin in its place."""
    scene.pen.polygon(((0, 0), (240, 150), (240, 300), (0, 480)), fill="#e3ddcf")
    scene.pen.polygon(((640, 0), (400, 150), (400, 300), (640, 480)), fill="#d9d2c2")
    scene.pen.polygon(((0, 0), (640, 0), (400, 150), (240, 150)), fill="#f3efe6")
    scene.pen.polygon(((0, 480), (640, 480), (400, 300), (240, 300)), fill=scene.chance.choice(("#b7ab97", "#a9b0ae")))
    scene.pen.rectangle((240, 150, 400, 300), fill="#c8d8dc")
    for step in range(3):
        x = 30 + step * 62
        scene.pen.polygon(
            ((x, 100 + step * 22), (x + 40, 118 + step * 20), (x + 40, 390 - step * 42), (x, 430 - step * 45)),
            fill="#9b7f5e",
        )
        scene.pen.ellipse((300 - step * 6, 20 + step * 36, 340 + step * 6, 34 + step * 36), fill=(255, 255, 240, 220))
    scene.box(500, 320, 70, 100, "#3f6f63")
    scene.pen.rectangle((494, 418, 578, 424), outline="#d7a022", width=3)
    scene.fault()


def meeting_room(scene: Scene) -> None:
    """A long table with chairs and a screen."""
    scene.room("#e8e2d6", "#8c7a66", 250, 0)
    scene.box(210, 50, 220, 120, "#203642", 4)
    scene.pen.rectangle((218, 58, 422, 162), fill=scene.chance.choice(("#3c6e8f", "#55737d", "#2f4858")))
    scene.pen.polygon(((230, 240), (410, 240), (560, 440), (80, 440)), fill="#6e4b2f", outline="#4c331f")
    for number in range(4):
        left = 190 - number * 45
        scene.box(left, 235 + number * 48, 46, 44, "#2f3f46", 10)
        scene.box(640 - left - 46, 235 + number * 48, 46, 44, "#2f3f46", 10)
        scene.pen.rectangle((left + 70, 250 + number * 45, left + 92, 258 + number * 45), fill="#fbfaf5")


def kitchen(scene: Scene) -> None:
    """Stainless tables, pots and a hood."""
    scene.room("#e9edee", "#a8765a", 300, 36)
    scene.pen.polygon(((60, 0), (580, 0), (520, 80), (120, 80)), fill="#aeb7bb")
    scene.box(40, 230, 560, 40, "#c6ced2", 4)
    scene.box(60, 270, 520, 70, "#9fa8ad", 4)
    for number in range(3):
        x = 90 + number * 170 + scene.chance.randint(-15, 15)
        scene.box(x, 160, 110, 72, scene.chance.choice(("#8d979c", "#b8b0a2", "#7b8a80")), 14)
        scene.pen.ellipse((x, 148, x + 110, 176), fill="#dfe4e6", outline="#7f898e")
    scene.fault()


def print_room(scene: Scene) -> None:
    """Printers and paper."""
    scene.room("#eceae4", "#9ea6a5", 310, 0)
    for number in range(2):
        x = 70 + number * 280
        scene.box(x, 180, 210, 170, "#dfe2e4")
        scene.pen.rectangle((x + 20, 200, x + 190, 240), fill="#39474d")
        scene.pen.rectangle((x + 30, 208, x + 90, 232), fill="#67c6a4")
        scene.pen.polygon(((x + 40, 280), (x + 170, 280), (x + 185, 310), (x + 25, 310)), fill="#ffffff")
    for number in range(scene.chance.randint(3, 7)):
        scene.pen.rectangle((520, 350 - number * 9, 610, 357 - number * 9), fill="#fdfdfb", outline="#c7c7c0")


def greenery(scene: Scene) -> None:
    """Lawn, trees and sky."""
    sky = scene.chance.choice(("#bcd9ec", "#cfdde2", "#a9cfe8", "#e3d9c6"))
    scene.pen.rectangle((0, 0, WIDTH, 260), fill=sky)
    scene.pen.rectangle((0, 240, WIDTH, HEIGHT), fill=scene.chance.choice(("#6f9f55", "#84a95c", "#7d9b58")))
    for _ in range(5):
        x, size = scene.chance.randint(20, 600), scene.chance.randint(50, 100)
        scene.pen.rectangle((x - 7, 230, x + 7, 320), fill="#6b4f35")
        for _leaf in range(4):
            dx, dy = scene.chance.randint(-30, 30), scene.chance.randint(-40, 20)
            scene.pen.ellipse(
                (x + dx - size / 2, 170 + dy - size / 2, x + dx + size / 2, 170 + dy + size / 2),
                fill=scene.chance.choice(("#3f7a43", "#4f8b4b", "#35683c")),
            )
    scene.pen.polygon(((250, 480), (390, 480), (340, 300), (310, 300)), fill="#cfc4ae")


def parking(scene: Scene) -> None:
    """Marked bays with cars."""
    scene.room("#b9c3c7", "#6c7376", 230, 0)
    for number in range(5):
        x = number * 160 - 40
        scene.pen.line((320 + (x - 320) * 0.5, 240, x, 480), fill="#f2f2ee", width=5)
    for number in range(3):
        if scene.chance.random() < 0.75:
            x, colour = 60 + number * 190, scene.chance.choice(("#2d3b45", "#8a2f2a", "#e6e6e2", "#3f5f7d"))
            scene.box(x, 265, 140, 70, colour, 22)
            scene.box(x + 22, 228, 96, 52, colour, 20)
            scene.pen.rounded_rectangle((x + 30, 236, x + 110, 266), 10, fill="#bcd3dd")


def guard_post(scene: Scene) -> None:
    """A booth and a barrier."""
    scene.pen.rectangle((0, 0, WIDTH, 270), fill=scene.chance.choice(("#b5cfe0", "#2f3d4f", "#d7d2c4")))
    scene.pen.rectangle((0, 270, WIDTH, HEIGHT), fill="#77797a")
    scene.box(70, 110, 190, 240, "#e4e0d2")
    scene.pen.rectangle((90, 150, 240, 240), fill="#8fb4c4")
    scene.pen.rectangle((60, 90, 270, 118), fill="#9b3b2e")
    for number in range(7):
        scene.pen.rectangle((280 + number * 50, 258, 305 + number * 50, 274), fill="#c8402a")
        scene.pen.rectangle((305 + number * 50, 258, 330 + number * 50, 274), fill="#fdfdfb")
    scene.fault()


def plant_room(scene: Scene) -> None:
    """Switchgear with meters and lamps."""
    scene.room("#cfd4d4", "#7d837f", 350, 0)
    for number in range(4):
        x = 40 + number * 145
        scene.box(x, 50, 130, 300, "#a9b8b4", 3)
        scene.pen.ellipse((x + 35, 75, x + 95, 135), fill="#fbfbf6", outline="#3a4446", width=3)
        turn = scene.chance.randint(-20, 20)
        scene.pen.line((x + 65, 105, x + 65 + turn, 82), fill="#b02a1e", width=3)
        for lamp, colour in enumerate(("#e04b35", "#f3c33b", "#46c277")):
            on = lamp == 2 or scene.chance.random() < 0.1
            scene.pen.ellipse((x + 30 + lamp * 26, 160, x + 46 + lamp * 26, 176), fill=colour if on else "#6f7a78")
    scene.pen.rectangle((0, 372, WIDTH, 384), fill="#e0b100")


def vehicle(scene: Scene) -> None:
    """The dashboard with its odometer, or the car from the side."""
    if "里程" in scene.step or "仪表" in scene.step:
        scene.pen.rectangle((0, 0, WIDTH, HEIGHT), fill="#22282b")
        for x in (190, 450):
            scene.pen.ellipse((x - 110, 90, x + 110, 310), fill="#0f1416", outline="#5d6a70", width=6)
            turn = scene.chance.randint(-60, 40)
            scene.pen.line((x, 200, x + turn, 140), fill="#ff6b4a", width=5)
        scene.pen.rounded_rectangle((235, 320, 405, 368), 8, fill="#0b2b26")
        scene.pen.text((262, 334), f"{scene.chance.randint(20000, 90000)} km", fill="#7cf7b5")
        return
    scene.room("#c3ccd0", "#6d7274", 300, 0)
    colour = scene.chance.choice(("#1f2a30", "#31434d", "#d9dbda"))
    scene.box(60, 240, 520, 110, colour, 40)
    scene.pen.polygon(((150, 245), (220, 165), (430, 165), (510, 245)), fill=colour)
    scene.pen.polygon(((170, 240), (228, 178), (420, 178), (485, 240)), fill="#a8c3cf")
    for x in (170, 470):
        scene.pen.ellipse((x - 48, 305, x + 48, 401), fill="#15191b", outline="#b7bdc0", width=10)


SCENES: dict[str, Callable[[Scene], None]] = {
    "restroom": restroom,
    "pantry": pantry,
    "lift": lift,
    "common_area": corridor,
    "meeting_room": meeting_room,
    "canteen_kitchen": kitchen,
    "print_room": print_room,
    "greenery": greenery,
    "parking": parking,
    "guard_post": guard_post,
    "assembly_point": greenery,
    "plant_room": plant_room,
    "vehicle": vehicle,
}
