import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("resourcebank", "0011_saved_searches"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchWords",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=10)),
                ("words", models.TextField()),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("resource", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="search_words", to="resourcebank.resource")),
            ],
        ),
        migrations.AddConstraint(
            model_name="searchwords",
            constraint=models.UniqueConstraint(fields=("resource", "language"), name="one_list_of_words_per_language"),
        ),
    ]
