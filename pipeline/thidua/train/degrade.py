"""Makes clean page images look scanned (light, skew, blur, noise, threshold, specks, JPEG) in four profiles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import cv2
import numpy as np
from numpy.typing import ArrayLike

from .typeset import Image

ProfileName = Literal["clean", "typical", "poor", "copy"]


@dataclass(frozen=True, slots=True)
class Profile:
    """How a page is spoilt; the default spoils nothing.

    dpi: resolution of the page; light: darkest share of full light across the page (0..1); skew: degrees at most;
    blur, noise: standard deviations in pixels and grey levels; specks: share of pixels; threshold: grey level that
    parts black from white (0: none); jpeg: quality (0: none).
    """

    dpi: int
    light: float = 1.0
    skew: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    specks: float = 0.0
    threshold: int = 0
    jpeg: int = 0


PROFILES: dict[ProfileName, Profile] = {
    "clean": Profile(dpi=300),
    "typical": Profile(dpi=200, light=0.7, skew=1.0, blur=0.7, noise=6, specks=0.0005, jpeg=60),
    "poor": Profile(dpi=150, light=0.6, skew=1.5, blur=0.9, noise=9, specks=0.001, jpeg=45),
    "copy": Profile(dpi=200, skew=1.0, blur=0.9, noise=14, specks=0.002, threshold=150),
}


def vary(profile: Profile, rng: np.random.Generator) -> Profile:
    """The profile with every strength drawn anew around its own, so that pages of one profile differ."""
    around = float(rng.uniform(0.6, 1.3))
    return replace(
        profile,
        dpi=int(profile.dpi * rng.choice([0.95, 1.0, 1.0, 1.0, 1.1, 1.25])),
        light=1 - (1 - profile.light) * around,
        blur=profile.blur * float(rng.uniform(0.5, 1.25)),
        noise=profile.noise * around,
        specks=profile.specks * float(rng.uniform(0.3, 1.3)),
        threshold=int(profile.threshold * rng.uniform(0.85, 1.15)),
        jpeg=int(profile.jpeg * rng.uniform(0.8, 1.3)),
    )


def degrade(image: Image, profile: Profile, rng: np.random.Generator) -> Image:
    """A spoilt copy of the same size. The same generator state gives the same pixels."""
    height, width = image.shape[:2]
    if profile.light < 1:
        image = _shade(image, profile.light, rng)
    if profile.skew:
        angle = profile.skew * rng.uniform(0.3, 1.2) * rng.choice([-1, 1])
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
        image = _bytes(cv2.warpAffine(image, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(215, 215, 215)))
    if profile.blur:
        image = _bytes(cv2.GaussianBlur(image, (0, 0), profile.blur))
    if profile.noise:
        image = _bytes(image + rng.normal(0, profile.noise, (height, width))[..., None])
    if profile.threshold:
        black_or_white = np.where(image.mean(2, keepdims=True) > profile.threshold, 255, 0)
        image = _bytes(np.repeat(black_or_white, 3, axis=2))
    if profile.specks:
        chance = rng.random((height, width))
        image = image.copy()
        image[chance < profile.specks * 0.6] = 0
        image[chance > 1 - profile.specks * 0.4] = 255
    if profile.jpeg:
        packed = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, profile.jpeg])[1]
        image = _bytes(np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR)))
    return image


def _shade(image: Image, darkest: float, rng: np.random.Generator) -> Image:
    """Light falls off across the page in a random direction, from 1 down to `darkest`."""
    height, width = image.shape[:2]
    angle = rng.uniform(0, 2 * np.pi)
    slope = np.cos(angle) * np.arange(width)[None, :] / width + np.sin(angle) * np.arange(height)[:, None] / height
    slope = (slope - slope.min()) / (slope.max() - slope.min())
    return _bytes(image * (darkest + (1 - darkest) * slope)[..., None])


def _bytes(image: ArrayLike) -> Image:
    return np.asarray(np.clip(image, 0, 255), dtype=np.uint8)
