"""签收表 in the API: who signed for a paper and who has read it."""

from rest_framework import serializers


class PaperReader(serializers.Serializer):
    """One receiver or copy of a paper: who signed for it and when, who has read it and who has not."""

    department = serializers.CharField()
    copy = serializers.SerializerMethodField()
    signed_at = serializers.SerializerMethodField()
    signed_by = serializers.SerializerMethodField()
    read = serializers.SerializerMethodField()
    unread = serializers.SerializerMethodField()

    def get_copy(self, row) -> bool:
        return row.copy is not None

    def get_signed_at(self, row) -> str | None:
        return row.referral.received_at.isoformat() if row.signed else None

    def get_signed_by(self, row) -> str:
        return row.referral.received_by.name if row.signed and row.referral.received_by else ""

    def get_read(self, row) -> list[str]:
        return [each.person.name for each in row.read]

    def get_unread(self, row) -> list[str]:
        return [each.person.name for each in row.unread]
