"""The application factory: wires blueprints, guards and error pages; no logic."""

from importlib import import_module
from pathlib import Path

from flask import Flask
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

from app import clock, db_slow
from app.config import Settings
from app.db import db as database
from app.db import engine_options
from app.web import (
    assets,
    classified,
    comfort,
    counting,
    errors,
    filters,
    guards,
    headers,
    joined,
    languages,
    logs,
    macros,
    navigation,
    numbers,
    origins,
    packing,
    remembered,
    requests,
    sessions,
    texts,
)
from app.web.application import Application
from app.web.current import maybe_person

# Every feature that has pages names its blueprints here: module, attribute.
BLUEPRINTS: tuple[tuple[str, str], ...] = (
    ("app.audit.routes", "bp"),
    ("app.accounts.routes", "bp"),
    ("app.accounts.routes_badges", "bp"),
    ("app.accounts.routes_entry", "bp"),
    ("app.accounts.routes_own", "bp"),
    ("app.accounts.routes_people", "bp"),
    ("app.accounts.routes_secrets", "bp"),
    ("app.accounts.routes_second", "bp"),
    ("app.accounts.routes_factor", "bp"),
    ("app.messages.routes", "bp"),
    ("app.messages.routes_channels", "bp"),
    ("app.messages.routes_choices", "bp"),
    ("app.messages.routes_duty", "bp"),
    ("app.entrances.routes", "bp"),
    ("app.schedule.routes", "bp"),
    ("app.schedule.routes_plan", "bp"),
    ("app.schedule.routes_events", "bp"),
    ("app.schedule.routes_people", "bp"),
    ("app.schedule.routes_rota", "bp"),
    ("app.training.routes", "bp"),
    ("app.training.routes_crew", "bp"),
    ("app.training.routes_ledger", "bp"),
    ("app.training.routes_office", "bp"),
    ("app.meetings.routes", "bp"),
    ("app.meetings.routes_deeds", "bp"),
    ("app.meetings.routes_import", "bp"),
    ("app.nonconformities.routes", "bp"),
    ("app.nonconformities.routes_proposals", "bp"),
    ("app.places.routes", "bp"),
    ("app.places.routes_guesses", "bp"),
    ("app.places.routes_stickers", "bp"),
    ("app.labels.routes", "bp"),
    ("app.data.routes", "bp"),
    ("app.data.routes_keys", "bp"),
    ("app.data.routes_api", "bp"),
    ("app.exchange.routes", "bp"),
    ("app.exchange.routes_packs", "bp"),
    ("app.standards.routes", "bp"),
    ("app.standards.routes_audio", "bp"),
    ("app.standards.routes_compare", "bp"),
    ("app.standards.routes_draft_exam", "bp"),
    ("app.standards.routes_draft_pictures", "bp"),
    ("app.standards.routes_drafts", "bp"),
    ("app.standards.routes_papers", "bp"),
    ("app.standards.routes_projects", "bp"),
    ("app.standards.routes_project_deeds", "bp"),
    ("app.standards.routes_publish", "bp"),
    ("app.standards.routes_register", "bp"),
    ("app.standards.routes_reviews", "bp"),
    ("app.photos.routes", "bp"),
    ("app.repairs.routes", "bp"),
    ("app.repairs.routes_shortages", "bp"),
    ("app.repairs.routes_times", "bp"),
    ("app.repairs.routes_trades", "bp"),
    ("app.checks.routes", "bp"),
    ("app.checks.routes_api", "bp"),
    ("app.checks.routes_arrivals", "bp"),
    ("app.checks.routes_stickers", "bp"),
    ("app.checks.routes_deeds", "bp"),
    ("app.checks.routes_handed", "bp"),
    ("app.checks.routes_form", "bp"),
    ("app.flags.routes", "bp"),
    ("app.feedback.routes_complaints", "bp"),
    ("app.feedback.routes_case_deeds", "bp"),
    ("app.feedback.routes_desk", "bp"),
    ("app.feedback.routes_status", "bp"),
    ("app.feedback.routes_calls", "bp"),
    ("app.surveys.routes", "bp"),
    ("app.surveys.routes_answer", "bp"),
    ("app.surveys.routes_report", "bp"),
    ("app.spotchecks.routes", "bp"),
    ("app.spotchecks.routes_plans", "bp"),
    ("app.spotchecks.routes_acceptance", "bp"),
    ("app.spotchecks.routes_onsite", "bp"),
    ("app.spotchecks.routes_hearing", "bp"),
    ("app.operations.routes", "bp"),
    ("app.pages.routes_preview", "bp"),
    ("app.pages.routes", "bp"),
    ("app.pages.routes_home", "bp"),
    ("app.pages.routes_filters", "bp"),
    ("app.pages.routes_voice", "bp"),
    ("app.pages.routes_health", "bp"),
    ("app.pages.routes_certificate", "bp"),
    ("app.spotchecks.routes_review", "bp"),
    ("app.spotchecks.routes_selfchecks", "bp"),
    ("app.inspections.routes", "bp"),
    ("app.inspections.routes_items", "bp"),
    ("app.inspections.routes_api", "bp"),
    ("app.inspections.routes_closing", "bp"),
    ("app.inspections.routes_announcing", "bp"),
    ("app.inspections.routes_templates", "bp"),
    ("app.inspections.routes_externals", "bp"),
    ("app.vehicles.routes", "bp"),
    ("app.vehicles.routes_deeds", "bp"),
    ("app.vehicles.routes_file", "bp"),
    ("app.vehicles.routes_lists", "bp"),
    ("app.vehicles.routes_orders", "bp"),
    ("app.vehicles.routes_responses", "bp"),
    ("app.patrols.routes", "bp"),
    ("app.learning.routes", "bp"),
    ("app.learning.routes_page", "bp"),
    ("app.stats.routes_log", "bp"),
    ("app.stats.routes_log_deeds", "bp"),
    ("app.stats.routes_month", "bp"),
    ("app.contractors.routes", "bp"),
    ("app.grades.routes", "bp"),
    ("app.grades.routes_deeds", "bp"),
    ("app.appraisals.routes", "bp"),
    ("app.papers.routes", "bp"),
    ("app.papers.routes_deeds", "bp"),
    ("app.papers.routes_evaluation", "bp"),
    ("app.chain.routes", "bp"),
    ("app.chain.routes_offers", "bp"),
    ("app.chain.routes_voiding", "bp"),
    ("app.privacy.routes", "bp"),
    ("app.privacy.routes_own", "bp"),
    ("app.privacy.routes_preset", "bp"),
    ("app.privacy.routes_retention", "bp"),
    ("app.reports.routes", "bp"),
    ("app.reports.routes_templates", "bp"),
    ("app.halfyear.routes", "bp"),
    ("app.halfyear.routes_deeds", "bp"),
    ("app.halfyear.routes_files", "bp"),
    ("app.halfyear.routes_calendar", "bp"),
    ("app.boards.routes", "bp"),
    ("app.boards.routes_behind", "bp"),
    ("app.boards.routes_views", "bp"),
    ("app.lobby.routes", "bp"),
    ("app.pwa.routes", "bp"),
    ("app.pwa.routes_outbox", "bp"),
)
# Feature modules whose tables make up the schema.
MODELS = (
    "organisations",
    "audit",
    "accounts",
    "messages",
    "entrances",
    "places",
    "photos",
    "standards",
    "schedule",
    "training",
    "tallies",
    "nonconformities",
    "repairs",
    "checks",
    "flags",
    "feedback",
    "spotchecks",
    "inspections",
    "vehicles",
    "patrols",
    "learning",
    "stats",
    "contractors",
    "grades",
    "papers",
    "chain",
    "privacy",
    "reports",
    "halfyear",
    "boards",
    "data",
    "exchange",
)

WIRES = (
    *(languages, filters, assets, errors, headers, numbers),
    *(texts, classified, comfort, navigation, joined, remembered),
)


def create_app(settings: Settings | None = None) -> Flask:
    """The whole application for these settings, or for those of the environment."""
    settings = settings or Settings.from_env()
    app = Application(__name__, static_folder="static", static_url_path=None)
    app.config.update(_flask_config(settings))
    app.extensions["settings"] = settings
    app.extensions["photo_store"] = import_module("app.photos.store").open_store(settings.photo_store, settings.s3)
    for name in MODELS:
        import_module(f"app.{name}.models")
    database.init_app(app)
    _watch(app, settings)
    Migrate(app, database, directory=str(_migrations()), compare_type=True)
    origins.install(app)
    sessions.install(app)
    packing.Packing(app)
    _sign_in(app)
    for wire in WIRES:
        wire.install(app)
    for module, attribute in BLUEPRINTS:
        app.register_blueprint(getattr(import_module(module), attribute))
    app.jinja_env.globals.update(settings=settings, person=maybe_person, now=clock.now)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    macros.install(app)
    guards.refuse_unguarded(app)
    requests.install(app)
    counting.install(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops, hops)  # type: ignore[method-assign]
    return app


def _watch(app: Flask, settings: Settings) -> None:
    if settings.log == "json":
        logs.install(requests.request_number)
    with app.app_context():
        db_slow.watch(database.engine, settings.slow_query_ms)


def _flask_config(settings: Settings) -> dict[str, object]:
    secure = not settings.trial
    return {
        "SECRET_KEY": settings.secret_key,
        "TRUSTED_HOSTS": origins.trusted_hosts(settings.base_url),
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(settings.database_url),
        "SESSION_COOKIE_NAME": "dabiao",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_HTTPONLY": True,
        "PERMANENT_SESSION_LIFETIME": 30 * 24 * 3600,
        "SESSION_REFRESH_EACH_REQUEST": False,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": secure,
        "MAX_CONTENT_LENGTH": settings.max_form_bytes,
        "MAX_FORM_MEMORY_SIZE": 2_000_000,
        "MAX_FORM_PARTS": 2_000,
        "BABEL_DEFAULT_LOCALE": settings.locale,
        "BABEL_TRANSLATION_DIRECTORIES": "translations",
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 4,
        "COMPRESS_MIN_SIZE": packing.SHORT_BYTES,
    }


def _sign_in(app: Flask) -> None:
    manager = sessions.SignIns(app)
    manager.session_protection = None
    person_of_session = import_module("app.accounts.queries").person_of_session
    settings = app.extensions["settings"]
    must_prove = import_module("app.accounts.rules_factor").must_prove(settings.second_factor)
    app.extensions["person_of_session"] = lambda token: person_of_session(token, clock.today(settings.zone), must_prove)
    manager.user_loader(app.extensions["person_of_session"])


def _migrations() -> str:
    return str(Path(__file__).resolve().parent.parent / "migrations")
