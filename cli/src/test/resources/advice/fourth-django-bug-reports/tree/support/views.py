import json

from django.http import JsonResponse
from django.views.decorators.http import require_POST

from support.models import Report


@require_POST
def create(request):
    data = json.loads(request.body)
    report = Report.objects.create(subject=data["subject"][:200], text=data["text"])
    return JsonResponse({"id": report.pk}, status=201)
