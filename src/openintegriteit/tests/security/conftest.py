"""Browsers that ask at the same moment."""

import threading

import pytest
from django.db import connection
from django.test import Client

from openintegriteit.event_log.queries import verify_chain
from openintegriteit.identity.tests.factories import add_second_factor, user_with_roles


@pytest.fixture
def whole_log(organisation):
    """Whatever happened at once stands in the log in one unbroken chain."""
    yield
    assert verify_chain(organisation.pk).first_bad is None


@pytest.fixture
def client_of():
    """A browser in which somebody is signed in."""

    def make(user):
        client = Client(raise_request_exception=False)
        client.force_login(user)
        return client

    return make


@pytest.fixture
def at_once():
    """Have several browsers ask at the same moment; gives the statuses of their answers, sorted."""

    def ask(*posts):
        answers, start = [], threading.Barrier(len(posts))

        def post(client, where, data):
            try:
                start.wait(30)
                answers.append(client.post(where, data).status_code)
            finally:
                connection.close()

        threads = [threading.Thread(target=post, args=one) for one in posts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return sorted(answers)

    return ask


@pytest.fixture
def browsers(organisation, client_of):
    """Browsers of one person who may do everything here."""
    user = user_with_roles(organisation, "coordinator", "hr", "functional_administrator")
    add_second_factor(user)
    return [client_of(user) for _browser in range(4)]
