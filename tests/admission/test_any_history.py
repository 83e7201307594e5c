"""Any history of a house: what hypothesis makes people, thieves and administrators do."""

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from people import House

from loccit.terms import Duty, NotAdmitted, Refused

PASSWORDS = ("nine brown kettles", "four slow barges sing", "eleven amber lanterns")
NAMES = ("rut", "ida")
ROLES = st.frozensets(st.sampled_from([Duty.AUTHOR, Duty.REVIEWER, Duty.BOARD]))


class AnyHistory(RuleBasedStateMachine):
    """Holds admission against a model that keeps passwords in the clear and sessions in a list."""

    def __init__(self):
        super().__init__()
        self.house = House().founded()
        self.passwords, self.roles, self.locked = {}, {}, set()
        self.failures, self.last = dict.fromkeys((*NAMES, "nobody"), 0), {}
        self.sessions, self.codes = {}, {}
        for name in NAMES:
            self.house.members.add(name, name.title(), frozenset())
            self.house.members.set_password(name, PASSWORDS[0])
            self.passwords[name], self.roles[name] = PASSWORDS[0], frozenset()

    def ended(self, name):
        self.sessions = {t: s for t, s in self.sessions.items() if s[0] != name}

    def begun(self, token, name):
        self.sessions[token] = [name, self.house.now, self.house.now]

    def waits(self, name):
        """Whether the model lets a try count now."""
        beyond = self.failures[name] - 5
        if self.failures[name] >= 100:
            return True
        wait = timedelta(seconds=min(30 * 2 ** max(beyond, 0), 900))
        return beyond >= 0 and self.house.now < self.last[name] + wait

    @rule(name=st.sampled_from((*NAMES, "nobody")), password=st.sampled_from(PASSWORDS))
    def signs_in(self, name, password):
        right = self.passwords.get(name) == password and name not in self.locked
        waits = self.waits(name)
        token, wait = "", 0
        try:
            token = self.house.admission.sign_in(name, password)
        except NotAdmitted as error:
            wait = error.wait
        assert bool(token) == (right and not waits)
        assert bool(wait) == waits
        if token:
            self.failures[name] = 0
            self.begun(token, name)
        elif not waits:
            self.failures[name] += 1
            self.last[name] = self.house.now

    @precondition(lambda self: self.sessions)
    @rule(data=st.data())
    def signs_out(self, data):
        token = data.draw(st.sampled_from(sorted(self.sessions)))
        self.house.admission.sign_out(token)
        del self.sessions[token]

    @rule(
        name=st.sampled_from(NAMES), old=st.sampled_from(PASSWORDS), new=st.sampled_from(PASSWORDS)
    )
    def changes_password(self, name, old, new):
        right = self.passwords[name] == old and name not in self.locked
        waits = self.waits(name)
        try:
            token = self.house.admission.change_password(name, old, new)
        except NotAdmitted:
            assert waits or not right
            if not waits:
                self.failures[name] += 1
                self.last[name] = self.house.now
        except Refused:
            assert right
            assert old == new
            self.failures[name] = 0
        else:
            assert right
            self.failures[name], self.passwords[name] = 0, new
            self.codes.pop(name, None)
            self.ended(name)
            self.begun(token, name)

    @rule(name=st.sampled_from(NAMES), roles=ROLES)
    def has_other_roles(self, name, roles):
        self.house.members.change(name, "", roles)
        if roles != self.roles[name]:
            self.roles[name] = roles
            self.codes.pop(name, None)
            self.ended(name)

    @rule(name=st.sampled_from(NAMES))
    def is_locked(self, name):
        self.house.members.lock(name)
        self.locked.add(name)
        self.codes.pop(name, None)
        self.ended(name)

    @rule(name=st.sampled_from(NAMES))
    def is_opened(self, name):
        self.house.members.unlock(name)
        self.locked.discard(name)
        self.failures[name] = 0

    @precondition(lambda self: len(self.locked) < len(NAMES))
    @rule(data=st.data())
    def is_given_a_code(self, data):
        name = data.draw(st.sampled_from(sorted(set(NAMES) - self.locked)))
        self.codes[name] = (self.house.members.invite(name), self.house.now)

    @precondition(lambda self: self.codes)
    @rule(data=st.data(), password=st.sampled_from(PASSWORDS))
    def uses_a_code(self, data, password):
        name = data.draw(st.sampled_from(sorted(self.codes)))
        code, made = self.codes.pop(name)
        try:
            token = self.house.admission.accept(code, password)
        except NotAdmitted:
            assert self.house.now >= made + timedelta(hours=24)
        else:
            assert self.house.now < made + timedelta(hours=24)
            self.passwords[name], self.failures[name] = password, 0
            self.ended(name)
            self.begun(token, name)

    @rule(span=st.sampled_from([timedelta(seconds=1), timedelta(minutes=1), timedelta(minutes=20),
                                timedelta(minutes=59), timedelta(hours=2)]))  # fmt: skip
    def time_passes(self, span):
        self.house.now += span

    @precondition(lambda self: self.sessions)
    @rule(data=st.data())
    def a_session_is_used(self, data):
        token = data.draw(st.sampled_from(sorted(self.sessions)))
        name, began, seen = self.sessions[token]
        now = self.house.now
        holds = now < began + timedelta(hours=12) and now < seen + timedelta(hours=1)
        found = self.house.admission.person(token)
        assert (found is not None) == holds
        if not holds:
            del self.sessions[token]
        else:
            assert (found.id, found.duties) == (name, self.roles[name])
            if now >= seen + timedelta(minutes=1):
                self.sessions[token][2] = now

    @invariant()
    def no_more_sessions_are_kept_than_there_are(self):
        kept = {each.person for each in self.house.accounts._sessions.values()} - {"ada"}
        assert kept <= {name for name, *_ in self.sessions.values()}

    @invariant()
    def nothing_that_is_secret_is_kept(self):
        kept = str(vars(self.house.accounts))
        assert not any(password in kept for password in PASSWORDS)
        assert not any(token in kept for token in self.sessions)


AnyHistory.TestCase.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
TestAnyHistory = AnyHistory.TestCase
