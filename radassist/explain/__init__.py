"""Why a network answers as it does: feature maps and attributions."""
