"""The reviewer's desk at /p/{proposal}/desk."""

from fastapi import APIRouter

router = APIRouter(include_in_schema=False)
