"""A story of the demo county: what it knows and how it is told."""

from cases.models import Case, Strand
from config.demo.chapters import CHAPTERS
from config.demo.diary import Diary
from config.demo.papers import somebody
from config.demo.plots import FILED_SINCE, Plot
from config.demo.world import World
from departments.enums import Role
from departments.models import Department
from referrals.models import Dispatch, Referral, Reply


class Told:
    """What every step of a story knows, and the order of the steps."""

    def __init__(self, world: World, diary: Diary, plot: Plot, index: int):
        self.world, self.diary, self.plot, self.index = world, diary, plot, index
        self.owner: Department = world.departments[plot.owner]
        self.handler = somebody(world, self.owner, Role.HANDLER, index)
        self.receivers = [world.departments[function] for function in plot.receivers]
        self.case: Case | None = None
        self.dispatch: Dispatch | None = None
        self.reply: Reply | None = None
        self.strand: Strand | None = None
        self.referrals: list[Referral] = []

    def tell(self) -> None:
        """Run the steps in order until the plot's end; a story that reaches the present stops there."""
        try:
            for name in self._chapters():
                self._look_again()
                getattr(self, name)()
        except Diary.StopStory:
            pass

    def _chapters(self) -> list[str]:
        """The chapters of the plot; an older lead was filed in time, before its verification ran out."""
        chapters = list(CHAPTERS[self.plot.end])
        if self.plot.ago >= FILED_SINCE and "begin" in chapters:
            chapters.insert(chapters.index("begin") + 1, "file")
        return chapters

    def _look_again(self) -> None:
        """Read anew what the last chapter changed through other hands."""
        for thing in (self.case, self.dispatch, self.reply, self.strand, *self.referrals):
            if thing is not None:
                thing.refresh_from_db()
