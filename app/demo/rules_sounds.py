"""A recording that stands for somebody speaking: syllables of a hummed voice as WAV, the same every time; pure."""

import math
import struct
from random import Random

RATE_HZ = 8000
SYLLABLE_S, BREAK_S = 0.16, 0.05
LOWEST_HZ, HIGHEST_HZ = 150, 230
# Tones of Chinese as a factor of the pitch at the beginning and at the end of a syllable.
TONES = ((1.15, 1.15), (0.9, 1.2), (0.95, 0.85), (1.25, 0.85))
FORMANTS = ((1, 0.5), (2, 0.3), (3, 0.22), (5, 0.1))


def hummed(syllables: int, seed: str) -> bytes:
    """A WAV of 8 kHz and 8 bits, about 1,700 bytes a syllable."""
    chance = Random(seed)  # noqa: S311  believable, not secret
    pitch_hz = chance.uniform(LOWEST_HZ, HIGHEST_HZ)
    sound = bytearray()
    for _ in range(syllables):
        sound += _syllable(pitch_hz, *chance.choice(TONES))
        sound += bytes([128]) * int(BREAK_S * RATE_HZ * chance.choice((1, 1, 3)))
    return _head(len(sound)) + bytes(sound)


def _syllable(pitch_hz: float, begins: float, ends: float) -> bytes:
    count, phase, samples = int(SYLLABLE_S * RATE_HZ), 0.0, bytearray()
    for number in range(count):
        part = number / count
        phase += 2 * math.pi * pitch_hz * (begins + (ends - begins) * part) / RATE_HZ
        loud = math.sin(math.pi * part) ** 0.6
        wave = sum(weight * math.sin(times * phase) for times, weight in FORMANTS)
        samples.append(128 + int(80 * loud * wave))
    return bytes(samples)


def _head(size: int) -> bytes:
    """The header of mono sound with one byte a sample."""
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, RATE_HZ, RATE_HZ, 1, 8)
    return b"RIFF" + struct.pack("<I", 4 + len(form) + 8 + size) + b"WAVE" + form + b"data" + struct.pack("<I", size)
