"""The words for what a line of the log holds."""

from django import template

from openintegriteit.event_log.telling import action_words, actor_words, kind_words

register = template.Library()
register.filter("action_words", action_words)
register.filter("actor_words", actor_words)
register.filter("kind_words", kind_words)
